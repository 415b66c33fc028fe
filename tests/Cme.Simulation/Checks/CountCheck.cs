using Cme.Domain.Calendars;
using Cme.Domain.Registers;
using Cme.Domain.Registers.Counts;
using Cme.Simulation.Oracle;
using Cme.Simulation.Store;

namespace Cme.Simulation.Checks;

/// <summary>The five counts that the product makes of the registers as they are stored, against the oracle's.</summary>
internal static class CountCheck
{
    /// <param name="now">Of this instant, and so of this day.</param>
    public static void Of(MemoryDatabase database, string authority, string urn, SchoolModel model, DateTimeOffset now)
    {
        var calendar = CalendarOf(model.Calendar);
        var sheets = database.Registers.GetValueOrDefault(new(authority, urn))?.Sheets.Values.Select(kept => kept[^1].Sheet)
            .OrderBy(sheet => (sheet.Date, sheet.Session)).ToList() ?? [];
        foreach (var pupil in model.Pupils.Keys)
        {
            var listed = database.Pupils[(authority, urn, pupil)].Pupil;
            var marks = from sheet in sheets
                        let session = new SessionOf(sheet.Date, sheet.Session == "PM" ? Session.Pm : Session.Am)
                        from mark in sheet.Marks
                        where mark.SchoolPupilId == pupil
                        let note = mark.ReportedBy is null ? null : new MarkNote(null, null, ReporterNames.Parse(mark.ReportedBy))
                        let counts = RecordedMark.Of(
                            calendar, session, new Mark(AttendanceCode.Stored(mark.Code), mark.AsOf, mark.KnownAt, note), listed.EntryDate, listed.LeavingDate, now)
                        where counts is not null
                        select counts.Value;
            var counted = Counting.On(WallClock.DayOf(now), marks, calendar, []);
            var ought = Tally.Of(model.MarksOf(pupil, now));
            Violation.Unless(
                (counted.WhereaboutsDays, counted.IrregularDays, counted.GroundI, counted.GroundH, counted.Sickness)
                    == (ought.Whereabouts, ought.Irregular, ought.GroundI, ought.GroundH, ought.Sickness),
                Never.MiscountACorrection, () => $"the counts of {pupil} of {urn} are {counted} and ought to be {ought}");
        }
    }

    private static SchoolCalendar CalendarOf(TermTimes times) => SchoolCalendar.Parse("the school", 1, new SchoolYearDocument
    {
        SchoolYear = "2026-27",
        Terms = [.. times.Terms.Select(term => new Term(term.From, term.To))],
        Closures = [.. times.Closed.Order().Where(TermTimes.IsWorkingDay).Select(day => new Closure(day, "#"))],
        Am = new(new(8, 50), new(9, 20)), Pm = new(new(13, 0), new(13, 15)), DayEnds = new(15, 30),
    }, BankHolidays.England).Calendar!;
}
