using System.Collections.Immutable;
using Cme.Domain.Calendars;
using Cme.TestSupport.Terms;
using FsCheck;
using FsCheck.Fluent;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Calendars;

public class CalendarLaws
{
    private static readonly DateOnly First = On("Tue 1 Sep 2026");
    private static readonly int Length = On("Wed 21 Jul 2027").DayNumber - First.DayNumber;

    private static readonly Arbitrary<(SchoolCalendar Calendar, DateOnly From, DateOnly To)> Spans =
        (from closures in Gen.Choose(0, Length).Select(n => First.AddDays(n)).ListOf()
         from inset in Gen.Choose(0, Length).Select(n => First.AddDays(n)).ListOf()
         from a in Gen.Choose(0, Length)
         from b in Gen.Choose(0, Length)
         select (CalendarWith(closures, inset), First.AddDays(Math.Min(a, b)), First.AddDays(Math.Max(a, b)))).ToArbitrary();

    [Fact]
    public void So_many_school_days_after_a_day_is_the_day_to_which_there_are_so_many() =>
        Prop.ForAll(Spans, span =>
        {
            var (calendar, from, to) = span;
            var count = calendar.SchoolDaysBetween(from.AddDays(1), to);
            var last = calendar.IsSchoolDay(to) ? to : calendar.PreviousSchoolDay(to);
            return count.Count == 0 ? last is null || last <= from : calendar.After(from, count) == last;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void School_days_are_those_that_one_counts_day_by_day() =>
        Prop.ForAll(Spans, span =>
        {
            var (calendar, from, to) = span;
            var counted = 0;
            for (var day = from; day <= to; day = day.AddDays(1))
            {
                counted += calendar.KindOf(day) is DayKind.SchoolDay ? 1 : 0;
            }

            return calendar.SchoolDaysBetween(from, to).Count == counted;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Going_on_by_a_school_day_is_the_next_school_day() =>
        Prop.ForAll(Spans, span =>
        {
            var (calendar, from, to) = span;
            var count = calendar.SchoolDaysBetween(from.AddDays(1), to).Count;
            return count < 2
                || calendar.NextSchoolDay(calendar.After(from, new SchoolDays(count - 1))) == calendar.After(from, new SchoolDays(count));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_session_before_the_next_is_the_same_session() =>
        Prop.ForAll(Spans, span =>
        {
            var (calendar, from, to) = span;
            if (!calendar.IsSchoolDay(from) || calendar.SchoolDaysBetween(from.AddDays(1), to).Count == 0)
            {
                return true;
            }

            var session = new SessionOf(from, Session.Pm);
            var next = calendar.NextSession(session);
            return next > session && calendar.PreviousSession(next) == session && calendar.SessionStarts(next) > calendar.DayEnds(from);
        }).QuickCheckThrowOnFailure();

    private static SchoolCalendar CalendarWith(IEnumerable<DateOnly> closures, IEnumerable<DateOnly> inset) =>
        Autumn2026.CalendarOf(Autumn2026.Document with
        {
            Closures = [.. closures.Distinct().Select(date => new Closure(date, "Y4"))],
            Inset = inset.ToImmutableArray(),
        });
}
