using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Cme.Contracts.Episodes;
using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Grains.Rules;
using Cme.Storage.Episodes;
using Cme.Storage.Transfers;
using Cme.Web.Api.Episodes;
using Cme.Web.Security;
using Orleans;
using FileTransfers = Cme.Domain.Procedures.Transfers;

namespace Cme.Web.Api.Transfers;

/// <summary>A pupil who has left, and where the file stands.</summary>
/// <param name="Owed">By when it is due and how far it has climbed; null where the school's procedure does not ask for it.</param>
/// <param name="InEpisode">It was recorded as an act of the child's episode, and in no other way.</param>
public sealed record TransferNow(Leaver Leaver, TransferOwed? Owed, bool InEpisode)
{
    public bool IsShortStay => FileTransfers.WasShortStay(Leaver.EntryDate, Leaver.LeftOn);

    /// <summary><c>done</c>, <c>not-owed</c>, <c>overdue</c> or <c>due</c>.</summary>
    public string State => Leaver.Transfer is { Route: FileTransfers.ShortStay } ? "not-owed"
        : Leaver.Transfer is not null || InEpisode ? "done" : Owed is null ? "not-owed" : Owed.IsOverdue ? "overdue" : "due";

    public bool IsOpen => State is "due" or "overdue";
}

/// <summary>What somebody records of a file.</summary>
internal sealed record TransferDone(string Route, string? Destination, string Reference, string DoneBy, string DoneByRole, DateTimeOffset DoneAt, string? Note);

/// <summary>The files of pupils whose names came off a roll: whose are due, and what was done about them.</summary>
public sealed class TransferDesk(
    ITransfers transfers, IEpisodes episodes, IRulebook rulebook, PackCatalogue packs, IGrainFactory grains,
    [FromKeyedServices(Clock.Business)] TimeProvider clock)
{
    private const int DaysBack = 400;

    /// <summary>Pupils who have left within a year, the earliest first.</summary>
    /// <param name="urn">Of one school; null for the whole authority.</param>
    /// <param name="open">True for those alone whose files are still to be sent.</param>
    internal async Task<ImmutableArray<TransferNow>> ListAsync(string authority, string? urn, bool open, int limit, CancellationToken cancel)
    {
        var leavers = await transfers.LeaversAsync(Asked(authority, urn, null, open, limit), cancel);
        var now = new List<TransferNow>();
        foreach (var leaver in leavers) { now.Add(await NowAsync(authority, leaver)); }
        return [.. now.Where(one => !open || one.IsOpen)];
    }

    /// <summary>One pupil who has left; null if nobody of that id has.</summary>
    internal async Task<TransferNow?> FindAsync(string authority, string urn, string pupil, CancellationToken cancel) =>
        await transfers.LeaversAsync(Asked(authority, urn, pupil, false, 1), cancel) is [var leaver] ? await NowAsync(authority, leaver) : null;

    /// <summary>What is wrong with what somebody wants to record; null if nothing is.</summary>
    internal (string Code, string Message)? WhyNot(TransferNow one, TransferDone done) =>
        done.DoneAt > clock.GetUtcNow() ? ("at-in-future", "The time lies in the future. Send when it was done.")
        : done.Route == FileTransfers.ShortStay && !one.IsShortStay
            ? ("not-exempt", $"The pupil was registered from {one.Leaver.EntryDate:yyyy-MM-dd} to {one.Leaver.LeftOn:yyyy-MM-dd}, which is four weeks or more: the file is owed.")
        : null;

    /// <summary>Records it. The episode hears of it first, under one sending, so that a fault in between is made good by sending it again.</summary>
    /// <returns>The refusal; null if it is recorded.</returns>
    internal async Task<(string Code, string Message)?> RecordAsync(Viewer viewer, TransferNow one, TransferDone done, CancellationToken cancel)
    {
        if (WhyNot(one, done) is { } why) { return why; }
        var version = (one.Leaver.Transfer?.Version ?? 0) + 1;
        if (one.Leaver.Episode is { } reference
            && await episodes.GetAsync(new(viewer.Authority, viewer.School), reference, cancel) is { } episode
            && Scope.MayWriteEpisode(viewer, episode.Authority, episode.Urn))
        {
            var answer = await EpisodeActs.RecordAsync(grains, episode, Act(viewer, one, done, version));
            if (answer.Outcome is { RefusalCode: { } code, RefusalMessage: var message }) { return (code, message ?? ""); }
        }
        var recorded = await transfers.AddAsync(
            viewer.Authority, one.Leaver.Urn,
            new()
            {
                SchoolPupilId = one.Leaver.SchoolPupilId, LeftOn = one.Leaver.LeftOn, Version = version, Route = done.Route, Destination = done.Destination,
                Reference = done.Reference, DoneBy = done.DoneBy, DoneAt = done.DoneAt, Note = done.Note, RecordedAt = clock.GetUtcNow(), RecordedBy = viewer.Id,
            },
            cancel);
        return recorded ? null : ("precondition-failed", "Somebody has recorded it meanwhile. Read what is held, and send yours again if it is still right.");
    }

    private static RecordAction Act(Viewer viewer, TransferNow one, TransferDone done, int version) => new()
    {
        Action = ActionNames.Ctf, At = done.DoneAt, Channel = done.Route, Note = done.Note, Evidence = [new EvidenceWire("record", done.Reference)],
        PerformerName = done.DoneBy, PerformerRole = done.DoneByRole, PerformerOrg = viewer.Organisation, RecordedBy = viewer.Id, RecordedFor = viewer.Organisation,
        Sending = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            $"transfer|{one.Leaver.Urn}|{one.Leaver.SchoolPupilId}|{one.Leaver.LeftOn:O}|{version}|{done.Route}|{done.Reference}"))),
    };

    private LeaversAsked Asked(string authority, string? urn, string? pupil, bool owed, int limit)
    {
        var today = London.DateOf(clock.GetUtcNow());
        return new(authority, urn, pupil, owed, today.AddDays(-DaysBack), today, limit);
    }

    private async Task<TransferNow> NowAsync(string authority, Leaver leaver)
    {
        var pack = packs[leaver.Pack ?? await rulebook.PackOf(authority)];
        var owed = await rulebook.Calendar(authority, leaver.Urn) is { } calendar
            ? FileTransfers.Of(
                await rulebook.For(authority, leaver.Urn, calendar.Version, leaver.YearGroup, new PackVersion(pack.Id, pack.Version)), leaver.LeftOn, clock.GetUtcNow())
            : null;
        var inEpisode = leaver is { Transfer: null, Episode: { } reference }
            && (await grains.GetGrain<IEpisodeGrain>(reference).Obligations(null)).Any(one => one is { Step: FileTransfers.StepId, State: "satisfied" });
        return new TransferNow(leaver, owed, inEpisode);
    }
}
