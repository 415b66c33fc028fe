using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cme.Contracts.Episodes;
using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Domain.Referrals;
using Cme.Domain.Registers.Removals;
using Cme.Storage.Connections;
using Cme.Storage.Referrals;
using Cme.Storage.Removals;
using Cme.Storage.Schools;
using Cme.Web.Api.Referrals;
using Cme.Web.Hosting;
using Cme.Web.Pages.Wording;
using Orleans;

namespace Cme.Web.Api.Removals;

/// <summary>
/// Notes which names came off a roll and how their removal stood: lawful, or with conditions that were not met. One that was made all the same
/// is a referral to the authority, and its open episode alarms the duty desk.
/// </summary>
/// <remarks>Each step is safe to repeat, and the note is written last: whatever dies on the way is done again.</remarks>
public sealed class RemovalWatch(
    IRemovals removals, ISchools schools, IReferrals referrals, RemovalCase cases, IGrainFactory grains,
    [FromKeyedServices(Clock.Business)] TimeProvider clock, ILogger<RemovalWatch> logger)
{
    /// <summary>Notes what has not been noted.</summary>
    /// <param name="school">Of one school; null for every school.</param>
    public async Task NoteAsync((string Authority, string Urn)? school, CancellationToken cancel)
    {
        // The product judges removals, whoever sent the roll: a school reads nothing of what the authority holds.
        using var everybody = Reader.AsTheProduct();
        await EachByItself.DoAsync(
            await removals.UnnotedAsync(school, London.DateOf(clock.GetUtcNow()), cancel), "removals", removal => removal.Urn,
            removal => removal.PutBack ? PutBackAsync(removal, cancel) : NoteAsync(removal, cancel), logger);
    }

    private async Task PutBackAsync(UnnotedRemoval removal, CancellationToken cancel)
    {
        if (removal.Episode is { } episode) { await grains.GetGrain<IEpisodeGrain>(episode).NoteRemoval(new() { PutBack = true }); }
        await removals.PutBackAsync(removal, clock.GetUtcNow(), cancel);
    }

    private async Task NoteAsync(UnnotedRemoval removal, CancellationToken cancel)
    {
        // A pupil who is not on the list just now is looked at again: nobody can say that the removal was lawful.
        if (await UnmetAsync(removal, cancel) is not { } unmet) { return; }
        var referral = unmet.IsEmpty ? null : await ReferAsync(removal, unmet, cancel);
        if (removal.Episode is { } episode)
        {
            await grains.GetGrain<IEpisodeGrain>(episode).NoteRemoval(new() { On = removal.LeftOn, Ground = removal.Ground, Unmet = [.. unmet.Select(one => one.Condition)] });
        }
        await removals.NoteAsync(
            new()
            {
                Authority = removal.Authority, Urn = removal.Urn, SchoolPupilId = removal.SchoolPupilId, ChildId = removal.ChildId, LeftOn = removal.LeftOn,
                Ground = removal.Ground, Episode = removal.Episode, Unmet = [.. unmet.Select(one => one.Condition)], Referral = referral, NotedAt = clock.GetUtcNow(),
            },
            cancel);
    }

    /// <summary>
    /// What was not met. On another ground than h or i the school gives its evidence when it asks: here it is held against it only that the
    /// child is still being looked for.
    /// </summary>
    /// <returns>Null if nobody can say: the list does not have the pupil.</returns>
    private async Task<ImmutableArray<RemovalCondition>?> UnmetAsync(UnnotedRemoval removal, CancellationToken cancel)
    {
        if (RemovalGround.Find(removal.Ground) is not { } ground) { return [RemovalGate.NoSuchGround(removal.Ground)]; }
        if (await cases.FactsAsync(removal.Authority, removal.Urn, removal.SchoolPupilId, ground, ImmutableDictionary<string, string>.Empty, cancel) is not var (_, facts))
        {
            return null;
        }
        var unmet = RemovalGate.Unmet(ground, facts, removal.LeftOn);
        return ground.IsOfMissing ? unmet : [.. unmet.Where(one => one.Condition == RemovalGate.NoOpenEpisode)];
    }

    private async Task<string> ReferAsync(UnnotedRemoval removal, ImmutableArray<RemovalCondition> unmet, CancellationToken cancel)
    {
        var pupil = (await schools.PupilsOfChildAsync(removal.Authority, removal.ChildId, cancel)).First(one => one.Urn == removal.Urn).Pupil;
        var body = new ReferralDocument
        {
            Kind = "cme",
            Concerns = $"The school removed the name from its roll on ground {removal.Ground}; the last day on roll was {Times.Date(removal.LeftOn)}. "
                + $"Not met then: {string.Join("; ", unmet.Select(one => $"{one.Text} ({one.Clause})"))}.",
            Referrer = new() { Name = "The product, from the school’s list", Role = "product", Org = removal.Urn },
            Child = new()
            {
                Upn = pupil.Upn, Forename = pupil.Forename, Surname = pupil.Surname, DateOfBirth = pupil.DateOfBirth, YearGroup = pupil.YearGroup, School = removal.Urn,
            },
        };
        var sending = $"removal-{removal.Urn}-{removal.SchoolPupilId}-{removal.LeftOn:yyyyMMdd}-{removal.Ground}";
        var held = await referrals.AddAsync(
            new()
            {
                Reference = ReferralReference.Create(RandomNumberGenerator.GetBytes(8)), Authority = removal.Authority, Organisation = removal.Authority,
                Sending = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sending))), Kind = body.Kind, ReceivedAt = clock.GetUtcNow(),
                RecordedBy = "product", Body = JsonSerializer.SerializeToUtf8Bytes(body, EdgeJson.Default.ReferralDocument),
            },
            new(pupil.Upn, pupil.Forename, pupil.Surname, pupil.DateOfBirth), cancel);
        // The roll knows whose name it was, also where a name alone would not say.
        if (held.ChildId is null && await referrals.MatchAsync(removal.Authority, held.Reference, removal.ChildId, "product", clock.GetUtcNow(), cancel) is { } matched)
        {
            held = matched;
        }
        await ReferralEndpoints.Join(held, referrals, grains, clock);
        return held.Reference;
    }
}
