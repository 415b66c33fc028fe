using System.Collections.Immutable;
using Cme.Domain.Calendars;
using Cme.Domain.Episodes;
using static Cme.Domain.Episodes.EpisodeEvent;

namespace Cme.Domain.Procedures;

/// <summary>
/// While a school is closed between terms its authority is responsible for every open episode: nobody else is there to act
/// (DESIGN 5, "Holidays").
/// </summary>
internal static class HandOver
{
    /// <summary>
    /// Who took over from whom since the history last said, up to <paramref name="now"/> (UTC). An episode that opens, reopens or
    /// gets another calendar while the other of the two is responsible changes hands there and then.
    /// </summary>
    public static IEnumerable<EpisodeEvent> Of(Episode.Underway episode, SchoolCalendar school, DateTimeOffset now)
    {
        var care = episode.Care;
        var away = care.WithAuthority;
        if (At(school, care.Since) != away && care.Since <= now)
        {
            away = !away;
            yield return Change(away, episode, HolidayAt(school, care.Since), care.Since, now);
        }
        foreach (var holiday in school.Holidays)
        {
            if (!away && holiday.From > care.Since && holiday.From <= now)
            {
                away = true;
                yield return Change(away, episode, holiday, holiday.From, now);
            }
            if (away && holiday.To is { } to && to > care.Since && to <= now)
            {
                away = false;
                yield return Change(away, episode, holiday, to, now);
            }
        }
    }

    /// <summary>
    /// The next instant after <paramref name="now"/> at which a holiday begins or ends, or is at hand and asks for a review: it does
    /// not while an earlier review is still undone.
    /// </summary>
    public static DateTimeOffset? NextInstant(Ruleset rules, ImmutableArray<Obligation> owed, DateTimeOffset now)
    {
        var reviews = rules.Pack.Steps.Any(step => AsksAtHolidays(step) && !owed.Any(open => open.IsOpen && open.Step.Id == step.Id));
        foreach (var holiday in rules.School.Holidays)
        {
            if (reviews && holiday.LastSession > now)
            {
                return holiday.LastSession;
            }
            if (holiday.From > now)
            {
                return holiday.From;
            }
            if (holiday.To is null || holiday.To > now)
            {
                return holiday.To;
            }
        }
        return null;
    }

    private static bool AsksAtHolidays(Step step) => step.Starts.Any(start => start.On == StartKind.Holiday);

    private static bool At(SchoolCalendar school, DateTimeOffset instant) => school.Holidays.Any(holiday => holiday.Covers(instant));

    private static Holiday? HolidayAt(SchoolCalendar school, DateTimeOffset instant) =>
        school.Holidays.Where(holiday => holiday.Covers(instant)).Select(holiday => (Holiday?)holiday).FirstOrDefault();

    private static EpisodeEvent Change(bool away, Episode.Underway episode, Holiday? holiday, DateTimeOffset at, DateTimeOffset now) => away
        ? new HandedOver(episode.Subject.Urn, episode.Subject.Authority, holiday?.Back, at, now)
        : new HandedBack(episode.Subject.Authority, episode.Subject.Urn, at, now);
}
