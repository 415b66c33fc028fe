using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Domain.Registers;
using Cme.Domain.Registers.Counts;
using Cme.Storage.Episodes;
using Cme.Web.Security;
using Cme.Web.Security.Reads;

namespace Cme.Web.Api.Episodes;

/// <summary>The day strip: each school day of an episode's pupil, and why each count stands where it stands.</summary>
internal static class DayEndpoint
{
    public static void MapDays(this IEndpointRouteBuilder api) =>
        api.MapGet("/episodes/{reference}/days", Get).Audited(ReadKinds.Record).RequireAuthorization(Scopes.CaseRead).WithTags("Episodes")
            .WithName("GetDays").WithSummary("Read the pupil's school days, one by one, with the reason for each count")
            .WithDescription("From the first day missing, or from where an earlier count that stands began, to today or to the closure. "
                + "Days on which the pupil's year group has no school are not listed.")
            .Asks("from", "The first day to list.", "2026-09-07")
            .Asks("to", "The last day to list; days to come never are.", "2026-09-18")
            .Answers<DayList>(200).Refuses("unknown-episode", "invalid");

    internal static async Task<IResult> Get(
        HttpContext context, string reference, string? at, IEpisodes episodes, PupilCounts counts)
    {
        var viewer = Viewer.Of(context.User);
        if (await EpisodeEndpoints.Find(viewer, reference, episodes, context.RequestAborted) is not { } row) { return Problems.UnknownEpisode(); }
        var faults = new List<PlaceProblem>();
        var (from, to) = (Day("from"), Day("to"));
        if (from > to) { faults.Add(Parameters.Wrong("from", "out-of-range", "must not be after 'to'")); }
        var knownBy = at is null ? null : Instant(at);
        if (at is not null && knownBy is null)
        {
            faults.Add(Parameters.Wrong("at", "invalid-time",
                "must be a date, which means its end, or a time with its offset, such as 2026-09-07T11:40:00+01:00"));
        }
        return faults.Count > 0
            ? Problems.Invalid(faults)
            : Answer.Changing(
                ToDocument(await counts.DaysAsync(row, from, to, knownBy, context.RequestAborted), row.SchoolPupilId),
                EdgeJson.Default.DayList, row.Version);

        DateOnly? Day(string name)
        {
            if (context.Request.Query[name] is not [{ Length: > 0 } text]) { return null; }
            if (Fields.ParseDate(text) is { } day) { return day; }
            faults.Add(Parameters.Wrong(name, "invalid-date", "must be a date such as 2026-09-07"));
            return null;
        }
    }

    private static DateTimeOffset? Instant(string at) =>
        Fields.ParseDate(at) is { } day ? London.At(day.AddDays(1), TimeOnly.MinValue).AddTicks(-1) : Parameters.Instant(at);

    private static DayList ToDocument(PupilDays read, string pupil)
    {
        var registers = read.Registers.ToDictionary(register => (register.Date, register.Session));
        return new([.. read.Days.Select(day => new DayDocument
        {
            Date = day.Date,
            Sessions = new() { Am = Code(day, Session.Am), Pm = Code(day, Session.Pm) },
            Registers = new() { Am = Register(day, Session.Am), Pm = Register(day, Session.Pm) },
            Counts = new()
            {
                WhereaboutsDays = Count(day, CountName.Whereabouts), IrregularDays = Count(day, CountName.Irregular),
                GroundI = Count(day, CountName.GroundI), GroundH = Count(day, CountName.GroundH), Sickness = Count(day, CountName.Sickness),
            },
        })]);

        RegisterRead? Register(CountedDay day, Session session) =>
            Code(day, session) is not null && registers[(day.Date, SessionNames.Of(session))] is var register
            && register.Marks.First(mark => mark.SchoolPupilId == pupil) is var mark
                ? new(register.Revision, mark.KnownAt, mark.ReportedBy)
                : null;
    }

    private static string? Code(CountedDay day, Session session) =>
        day.Marks.Where(mark => mark.Session.Session == session).Select(mark => mark.Mark.Code.Text).FirstOrDefault();

    private static DayCountDocument Count(CountedDay day, string name) =>
        day.Counts.First(count => count.Count == name) is var count
            ? new() { Effect = count.Effect.ToString().ToLowerInvariant(), Clause = count.Clause, Days = count.Days }
            : throw new KeyNotFoundException(name);
}
