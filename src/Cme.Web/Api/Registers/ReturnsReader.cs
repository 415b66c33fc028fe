using System.Collections.Immutable;
using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Domain.Registers;
using Cme.Grains.Rules;
using Cme.Storage.Registers;
using Cme.Storage.Schools;
using Cme.Web.Api.Episodes;

namespace Cme.Web.Api.Registers;

/// <summary>The returns to the authority that a school's roll and registers ask for, of pupils with an episode or without.</summary>
internal sealed class ReturnsReader(IRulebook rulebook, PackCatalogue packs, PupilCounts counts)
{
    /// <param name="recent">The registers of the days in which a cause must lie, from <paramref name="from"/> on.</param>
    public async Task<ImmutableArray<(RollEntry Pupil, ReturnOwed Owed)>> ReadAsync(
        SchoolRecord school, SchoolCalendar calendar, IReadOnlyCollection<RollEntry> roll, ImmutableArray<SheetRecord> recent, DateOnly from, DateOnly today,
        CancellationToken cancel)
    {
        var away = recent.SelectMany(sheet => sheet.Marks).Where(CountsTowardsAReturn).Select(mark => mark.SchoolPupilId).ToHashSet(StringComparer.Ordinal);
        var days = away.Count == 0 ? [] : await counts.DaysOfPupilsAsync(school.Authority, school.Urn, [.. away], from, cancel);
        var yearGroups = roll.Select(entry => entry.YearGroup).ToHashSet(StringComparer.Ordinal);
        var pack = packs[school.Pack ?? await rulebook.PackOf(school.Authority)];
        var owed = ImmutableArray.CreateBuilder<(RollEntry, ReturnOwed)>();
        foreach (var entry in roll.OrderBy(entry => entry.SchoolPupilId, StringComparer.Ordinal))
        {
            var facts = PupilFacts.Of(
                entry.EntryDate, entry.LeavingDate, entry.YearGroup, yearGroups, days.GetValueOrDefault(entry.SchoolPupilId, []), calendar);
            if (facts.Within(from, today) is { } recently)
            {
                var rules = await rulebook.For(school.Authority, school.Urn, calendar.Version, entry.YearGroup, new PackVersion(pack.Id, pack.Version));
                owed.AddRange(Returns.Of(rules, recently).Select(one => (entry, one)));
            }
        }
        return owed.DrainToImmutable();
    }

    /// <summary>Illness, and what nobody has granted: without a mark like these no count comes to its number.</summary>
    private static bool CountsTowardsAReturn(MarkRecord mark) => mark.Code is "I" or "G" or "N" or "O" or "U" || mark.Code.Length == 0;
}
