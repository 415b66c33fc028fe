using Cme.Contracts;
using Cme.Contracts.Schools;
using Cme.Domain.Calendars;
using Cme.Domain.Children;
using Cme.Domain.Registers;
using Cme.Storage.Schools;

namespace Cme.Grains.Schools;

/// <summary>Between the published records of rolls and calendars and the ones that are stored or reckoned with.</summary>
internal static class RollWire
{
    public static LeaveOfAbsence ToDomain(LeaveRecord leave) => new(leave.Id, leave.From, leave.ExpectedReturn);

    public static PupilRecord ToRecord(Pupil pupil) => new()
    {
        SchoolPupilId = pupil.SchoolPupilId,
        Upn = Normal(pupil.Upn),
        FormerUpns = [.. pupil.FormerUpns.Select(upn => Normal(upn)!)],
        Forename = pupil.Forename,
        Surname = pupil.Surname,
        DateOfBirth = pupil.DateOfBirth,
        Sex = pupil.Sex,
        YearGroup = pupil.YearGroup,
        EntryDate = pupil.EntryDate,
        LeavingDate = pupil.LeavingDate,
        Ground = pupil.Ground,
        Destination = pupil.Destination,
        FirstLanguage = pupil.FirstLanguage,
        Flags = pupil.Flags,
        Particulars = pupil.Particulars,
    };

    public static RollAnswer Answer(RollCheck check, RollStored stored, long version) => new()
    {
        Outcome = Outcome.Done(version, []),
        Accepted = stored.Pupils.Count(pupil => pupil.Changed),
        Unchanged = stored.Pupils.Count(pupil => !pupil.Changed),
        Rejected = check.Rejected,
        NotOnList = stored.NotOnList.Length,
        Children = [.. stored.Pupils.Select(pupil => new PupilChild(pupil.SchoolPupilId, pupil.ChildId))],
        Items =
        [
            .. check.Items,
            .. stored.Pupils.Index().Where(pupil => pupil.Item.Conflict).Select(pupil => new ItemFault(
                check.Good[pupil.Index].Index, false, "upn-conflict",
                "This UPN belongs to a child of another name and birth date. The pupil was kept as a child of its own until a person has decided.")),
        ],
    };

    public static SchoolYearDocument ToDomain(this SchoolYearCalendar calendar) => new()
    {
        SchoolYear = calendar.SchoolYear,
        Terms = [.. calendar.Terms.Select(term => new Term(term.Start, term.End))],
        Inset = calendar.Inset,
        Closures = [.. calendar.Closures.Select(closure => new Closure(closure.Date, closure.Code))],
        Am = new(calendar.Am.Start, calendar.Am.RegistrationCloses),
        Pm = new(calendar.Pm.Start, calendar.Pm.RegistrationCloses),
        DayEnds = calendar.DayEnds,
        YearGroupExceptions = [.. calendar.YearGroupExceptions.Select(day => new YearGroupDay(day.YearGroup, day.Date, day.Sessions))],
        Week = [.. calendar.Week.Select(ToDomain)],
        Timetables = [.. calendar.Timetables.Select(part => new Timetable(part.Name, [.. part.Days.Select(day => new TimetableDay(day.Day, day.Sessions))]))],
        Lessons = [.. calendar.Lessons.Select(lesson => new Lesson(lesson.Name, lesson.Start, lesson.Groups))],
    };

    private static WeekdayHours ToDomain(DayHours hours) => new(
        hours.Day, [.. hours.Am is null ? [] : (string[])["AM"], .. hours.Pm is null ? [] : (string[])["PM"]], Times(hours.Am), Times(hours.Pm), hours.DayEnds);

    private static Domain.Calendars.SessionTimes Times(Contracts.Schools.SessionTimes? times) => times is null ? default : new(times.Start, times.RegistrationCloses);

    private static string? Normal(string? upn) => Upn.TryParse(upn, out var parsed) ? parsed.Value : upn;
}
