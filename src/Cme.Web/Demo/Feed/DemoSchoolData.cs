using System.Collections.Frozen;
using Cme.Domain.Calendars;
using Cme.Domain.Children;
using Cme.Storage.Demo;
using Cme.Web.Security;

namespace Cme.Web.Demo.Feed;

/// <summary>What the system of one demo school holds: its times, its pupils, and the marks of any session.</summary>
internal sealed class DemoSchoolData
{
    private static readonly int[] Primary = [0, 1, 2, 3, 4, 5, 6];
    private static readonly int[] Secondary = [7, 8, 9, 10, 11];

    /// <summary>Training days that all share, and those on which a school is alone.</summary>
    private static readonly string[] SharedInset = ["2026-09-02", "2026-09-03"];

    private readonly string[] _inset;
    // Who is educated off site, and marked so.
    private readonly FrozenSet<string> _elsewhere;
    private readonly int _absentFirst;

    private DemoSchoolData(
        DemoSchool school, SessionTimes am, SessionTimes pm, TimeOnly dayEnds, string inset, DemoPupil[] pupils, FrozenSet<string>? elsewhere = null)
    {
        (Urn, Am, Pm, DayEnds, _inset, Pupils, _elsewhere) = (school.Urn, am, pm, dayEnds, [.. SharedInset, inset], pupils, elsewhere ?? []);
        // So that the duty desk has a child from the first register on.
        _absentFirst = Urn is "900001" or "900002" ? Array.FindIndex(Pupils, pupil => Flags.IsFlagged([.. pupil.Flags])) : -1;
    }

    public static IReadOnlyList<DemoSchoolData> All { get; } = Build();

    public string Urn { get; }

    public SessionTimes Am { get; }

    public SessionTimes Pm { get; }

    public TimeOnly DayEnds { get; }

    public DemoPupil[] Pupils { get; }

    /// <summary>The body of PUT …/calendar/2026-27: the schools of the demo share their terms, not their training days.</summary>
    public object Calendar => new
    {
        terms = new[]
        {
            new { start = "2026-09-02", end = "2026-10-23" }, new { start = "2026-11-02", end = "2026-12-18" },
            new { start = "2027-01-04", end = "2027-02-12" }, new { start = "2027-02-22", end = "2027-03-25" },
            new { start = "2027-04-12", end = "2027-05-28" }, new { start = "2027-06-07", end = "2027-07-21" },
        },
        inset = _inset,
        closures = Array.Empty<object>(),
        sessions = new { am = Times(Am), pm = Times(Pm) },
        dayEnds = $"{DayEnds:HH\\:mm}",
        yearGroupExceptions = Array.Empty<object>(),
    };

    /// <summary>The body of PUT …/roll.</summary>
    public object Roll => new { pupils = Pupils.Select(pupil => pupil.ToRollItem()) };

    /// <summary>The body of PUT …/contacts; null for the two schools that have named nobody yet.</summary>
    public object? Contacts => Urn is "900007" or "900011" ? null : new
    {
        contacts = new[] { Roles.AttendanceOfficer, Roles.Dsl, Roles.DeputyDsl }.Select((role, at) => new
        {
            role, name = Personas.All.Single(persona => persona.Id == $"{role}-{Urn}").Name,
            phone = $"01632 960{(Number * 10) + at:000}", email = $"{role}@school-{Number}.example",
        }),
    };

    /// <summary>The body of PUT …/registers/{date}/{session}, as the school's system holds it at an instant.</summary>
    /// <param name="told">What a story has a pupil's mark be; null where it leaves the pupil to chance.</param>
    public object Register(SessionOf session, DateTimeOffset asOf, Func<DemoPupil, string?> told) => new
    {
        asOf,
        complete = true,
        marks = Pupils.Select((pupil, index) => new { schoolPupilId = pupil.SchoolPupilId, code = told(pupil) ?? CodeOf(index, session) }),
    };

    /// <summary>Its place among the demo's schools, from 1.</summary>
    private int Number => 1 + DemoAuthority.Schools.TakeWhile(school => school.Urn != Urn).Count();

    private static List<DemoSchoolData> Build()
    {
        var town = new DemoTown();
        var schools = DemoAuthority.Schools;
        List<DemoSchoolData> all =
        [
            new(schools[0], Open(8, 50, 30), Open(13, 0, 15), new(15, 20), "2027-01-04", town.Fill(4001, Secondary, 780)),
            new(schools[1], Open(8, 45, 30), Open(13, 10, 15), new(15, 15), "2026-11-02", town.Fill(2002, Primary, 315, hasAmina: true)),
            new(schools[2], Open(9, 0, 25), Open(12, 45, 15), new(15, 0), "2027-06-07", town.Fill(7003, [.. Primary[1..], .. Secondary], 160)),
            new(schools[3], Open(8, 30, 30), Open(13, 20, 15), new(15, 0), "2026-10-23", town.Fill(4004, Secondary, 660)),
            new(schools[4], Open(8, 40, 20), Open(12, 50, 10), new(15, 10), "2027-02-22", town.Fill(4005, Secondary, 560)),
            new(schools[5], Open(8, 55, 30), Open(13, 15, 15), new(15, 30), "2027-01-04", town.Fill(2006, Primary, 420)),
            new(schools[6], Open(8, 50, 25), Open(13, 0, 15), new(15, 20), "2026-11-27", town.Fill(2007, Primary, 280)),
            new(schools[7], Open(8, 50, 20), Open(12, 55, 10), new(15, 10), "2027-01-04", town.Fill(2008, Primary[..3], 180)),
            new(schools[8], Open(8, 45, 20), Open(13, 5, 10), new(15, 20), "2027-01-04", town.Fill(2009, Primary[3..], 240)),
            new(schools[9], Open(9, 0, 30), Open(13, 15, 15), new(15, 30), "2026-10-12", town.Fill(2010, Primary, 210)),
            new(schools[10], Open(8, 50, 30), Open(13, 0, 15), new(15, 15), "2027-07-21", town.Fill(2011, Primary, 175)),
        ];
        return WithProvider(all, schools[11]);
    }

    /// <summary>
    /// The provider teaches pupils of its commissioner, who stay on that school's roll: there they are marked as educated off site,
    /// and whether they came is known to the provider alone.
    /// </summary>
    private static List<DemoSchoolData> WithProvider(List<DemoSchoolData> schools, DemoSchool provider)
    {
        var commissioner = schools[0];
        var placed = commissioner.Pupils.Where(pupil => pupil.YearGroup is "10" or "11" && pupil.Flags.Length == 0).Where((_, index) => index % 12 == 0).ToArray();
        schools[0] = new(
            DemoAuthority.Schools[0], commissioner.Am, commissioner.Pm, commissioner.DayEnds, commissioner._inset[^1], commissioner.Pupils,
            placed.Select(pupil => pupil.SchoolPupilId).ToFrozenSet());
        schools.Add(new(provider, Open(9, 30, 20), Open(12, 30, 15), new(14, 30), "2026-09-04", placed));
        return schools;
    }

    /// <summary>About 93 of 100 present, 1 unexplained; who is unexplained in the morning is mostly accounted for by the afternoon.</summary>
    private string CodeOf(int pupil, SessionOf session)
    {
        if (pupil == _absentFirst && session == new SessionOf(London.DateOf(ClockOfDemo.Beginning), Session.Am)) { return "N"; }
        if (_elsewhere.Contains(Pupils[pupil].SchoolPupilId)) { return "B"; }
        var morning = session.Session == Session.Am;
        var present = morning ? "/" : "\\";
        return new Random(Urn.Aggregate(pupil * 104_729, (sum, letter) => (sum * 31) + letter) + session.Date.DayNumber).Next(1_000) switch
        {
            < 3 => "N",
            < 7 => morning ? "N" : "\\",
            < 10 => morning ? "N" : "I",
            < 50 => "I",
            < 60 => "M",
            < 65 => morning ? "L" : present,
            < 68 => "C",
            _ => present,
        };
    }

    private static SessionTimes Open(int hour, int minute, int minutes) => new(new(hour, minute), new TimeOnly(hour, minute).AddMinutes(minutes));

    private static object Times(SessionTimes times) => new { start = $"{times.Start:HH\\:mm}", registrationCloses = $"{times.RegistrationCloses:HH\\:mm}" };
}
