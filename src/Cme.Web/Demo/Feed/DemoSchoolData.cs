using Cme.Domain.Calendars;
using Cme.Domain.Children;

namespace Cme.Web.Demo.Feed;

/// <summary>What the system of one demo school holds: its times, its pupils, and the marks of any session.</summary>
internal sealed class DemoSchoolData
{
    private readonly DemoPupil[] _pupils;
    private readonly int _flagged;

    private DemoSchoolData(string urn, SessionTimes am, SessionTimes pm, TimeOnly dayEnds, IEnumerable<DemoPupil> pupils)
    {
        (Urn, Am, Pm, DayEnds, _pupils) = (urn, am, pm, dayEnds, [.. pupils]);
        _flagged = Array.FindIndex(_pupils, pupil => Flags.IsFlagged([.. pupil.Flags]));
    }

    public static IReadOnlyList<DemoSchoolData> All { get; } =
    [
        new("900001", new(new(8, 50), new(9, 20)), new(new(13, 0), new(13, 15)), new(15, 20), DemoPupil.Of(4001, [7, 8, 9, 10, 11], 560)),
        new("900002", new(new(8, 45), new(9, 15)), new(new(13, 10), new(13, 25)), new(15, 15), DemoPupil.Of(2002, [0, 1, 2, 3, 4, 5, 6], 280)),
        new("900003", new(new(9, 0), new(9, 25)), new(new(12, 45), new(13, 0)), new(15, 0), DemoPupil.Of(7003, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 160)),
    ];

    public string Urn { get; }

    public SessionTimes Am { get; }

    public SessionTimes Pm { get; }

    public TimeOnly DayEnds { get; }

    /// <summary>The body of PUT …/calendar/2026-27: the three schools of the demo share their term dates.</summary>
    public object Calendar => new
    {
        terms = new[]
        {
            new { start = "2026-09-02", end = "2026-10-23" }, new { start = "2026-11-02", end = "2026-12-18" },
            new { start = "2027-01-04", end = "2027-02-12" }, new { start = "2027-02-22", end = "2027-03-25" },
            new { start = "2027-04-12", end = "2027-05-28" }, new { start = "2027-06-07", end = "2027-07-21" },
        },
        inset = new[] { "2026-09-02", "2026-09-03", "2027-01-04" },
        closures = Array.Empty<object>(),
        sessions = new { am = Times(Am), pm = Times(Pm) },
        dayEnds = $"{DayEnds:HH\\:mm}",
        yearGroupExceptions = Array.Empty<object>(),
    };

    /// <summary>The body of PUT …/roll.</summary>
    public object Roll => new { pupils = _pupils.Select(Item) };

    /// <summary>The body of PUT …/registers/{date}/{session}, as the school's system holds it at an instant.</summary>
    public object Register(SessionOf session, DateTimeOffset asOf) => new
    {
        asOf,
        complete = true,
        marks = _pupils.Select((pupil, index) => new { schoolPupilId = pupil.SchoolPupilId, code = CodeOf(index, session) }),
    };

    /// <summary>About 93 of 100 present, 1 unexplained; who is unexplained in the morning is mostly accounted for by the afternoon.</summary>
    private string CodeOf(int pupil, SessionOf session)
    {
        if (pupil == _flagged && session == new SessionOf(London.DateOf(ClockOfDemo.Beginning), Session.Am))
        {
            return "N";                                              // So that the duty desk has a child from the first register on.
        }
        var chance = new Random((Urn[^1] * 7_919) + (pupil * 104_729) + session.Date.DayNumber).Next(1_000);
        var present = session.Session == Session.Am ? "/" : "\\";
        return chance switch
        {
            < 3 => "N",
            < 10 => session.Session == Session.Am ? "N" : chance < 7 ? "\\" : "I",
            < 50 => "I",
            < 60 => "M",
            < 65 => session.Session == Session.Am ? "L" : present,
            < 68 => "C",
            _ => present,
        };
    }

    private static object Item(DemoPupil pupil) => new
    {
        schoolPupilId = pupil.SchoolPupilId,
        upn = pupil.Upn,
        forename = pupil.Forename,
        surname = pupil.Surname,
        dateOfBirth = pupil.DateOfBirth,
        sex = pupil.Sex,
        yearGroup = pupil.YearGroup,
        entryDate = "2026-09-01",
        address = new { lines = new[] { "1 Example Street" }, postcode = "ZZ99 9ZZ" },
        contacts = new[]
        {
            new
            {
                id = "c1", name = $"A. {pupil.Surname}", relationship = "parent", parentalResponsibility = true,
                phones = new[] { "07700 900123" }, email = "parent@example.org", priority = 1,
            },
        },
        flags = pupil.Flags,
    };

    private static object Times(SessionTimes times) => new { start = $"{times.Start:HH\\:mm}", registrationCloses = $"{times.RegistrationCloses:HH\\:mm}" };
}
