using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Cme.Contracts.Children;
using Cme.Contracts.Episodes;
using Cme.Domain.Episodes;
using Cme.Benchmarks.Harness;
using Cme.Storage.Schools;
using Orleans;

namespace Cme.Benchmarks.Stage;

/// <summary>Open episodes of one authority, as this morning's registers would have left them.</summary>
internal static class OpenEpisodes
{
    /// <summary>Whose children they are, unless somebody else's are asked for.</summary>
    public const string Authority = "b00";

    private const int ASchool = 160;
    private const int AtOnce = 64;

    /// <summary>Opens episodes of synthetic children.</summary>
    /// <param name="authority">Whose children they are.</param>
    /// <param name="flag">The flag that each of them has, which puts them on the duty desk; null for none.</param>
    /// <returns>Their references.</returns>
    public static async Task<ImmutableArray<string>> OpenAsync(
        Store store, IGrainFactory grains, int count, string authority = Authority, string? flag = null)
    {
        await store.Schools.PutAuthorityAsync(new AuthorityRecord(authority, "Benchmark authority"));
        var schools = Enumerable.Range(0, (count + ASchool - 1) / ASchool).Select(number => (600_000 + number).ToString(CultureInfo.InvariantCulture)).ToArray();
        var version = 0;
        foreach (var urn in schools) { version = await SchoolMorning.PutSchoolAsync(store, authority, urn); }

        var references = new string[count];
        await Callers.RunAsync(AtOnce, count, async (_, item) =>
        {
            references[item] = EpisodeReference.Create(RandomNumberGenerator.GetBytes(8)).Key;
            var opened = await grains.GetGrain<IEpisodeGrain>(references[item])
                .Open(new OpenWhereabouts { Signal = SignalOf(item, authority, schools[item / ASchool], version, flag) });
            if (opened.RefusalCode is { } code) { throw new BenchmarkBrokenException($"An episode was not opened: {code}"); }
        });
        await store.Source.WhenPublishedAsync();
        return [.. references];
    }

    private static AbsenceSignal SignalOf(int item, string authority, string urn, int calendarVersion, string? flag) => new()
    {
        Sequence = item + 1, Authority = authority, Urn = urn, Flags = flag is null ? [] : [flag], ChildId = item.ToString("000000000000", CultureInfo.InvariantCulture), YearGroup = "5",
        KnownAt = SchoolMorning.RegisterTaken, CalendarVersion = calendarVersion, Pack = SchoolMorning.Pack,
        Run =
        [
            new MissedSession
            {
                Date = SchoolMorning.Today, Session = "AM", Code = "N", RegistrationCloses = SchoolMorning.RegistrationCloses,
                KnownAt = SchoolMorning.RegisterTaken,
            },
        ],
    };
}
