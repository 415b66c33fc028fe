using System.Collections.Immutable;
using System.Text.Json;
using Cme.Domain.Calendars;
using Cme.Domain.Registers;
using Cme.Storage.Connections;
using Cme.Storage.Registers;
using Cme.Storage.Schools;
using Cme.Web.Api.Episodes;
using Cme.Web.Security;

namespace Cme.Web.Api.Registers;

/// <summary>Puts a provider's return of a day together (SUF-11), for the provider, its authority, and the school that placed its pupils.</summary>
public sealed class DailyReturnReader(ISchools schools, IRegisters registers, IFeeds feeds, SchoolCalendars calendars)
{
    /// <summary>Source: SUF-12.</summary>
    private const string Basis = "UK GDPR, Article 6(1)(e) and Article 9(2)(g): a public task, and substantial public interest in safeguarding children";

    private const int MostPupils = 5000;

    /// <summary>The school whose return it is, and the return; null if it is none of the viewer's.</summary>
    public async Task<(SchoolRecord School, DailyReturnDocument Return)?> FindAsync(Viewer viewer, string urn, DateOnly date, DateTimeOffset now, CancellationToken cancel)
    {
        if (await schools.GetAsync(viewer.Authority, urn, cancel) is not { } school || !Scope.MayReadReturns(viewer, school.Urn, school.Commissioner)) { return null; }
        var own = Scope.MayReadSchool(viewer, urn) ? null
            : (await schools.ReadRollAsync(viewer.Authority, viewer.School!, cancel)).Where(entry => entry.OnList).Select(entry => entry.ChildId).ToHashSet(StringComparer.Ordinal);
        if (own is null) { return (school, await ReadAsync(school, null, date, now, cancel)); }
        // A commissioner has no part in the provider's rows but in these: of children on its own list.
        using (Reader.AsTheProduct()) { return (school, await ReadAsync(school, own, date, now, cancel)); }
    }

    /// <summary>How it stands with the returns of the providers that a school placed pupils with.</summary>
    public async Task<ImmutableArray<(SchoolRecord Provider, DailyReturn? Return)>> OfCommissionerAsync(string authority, string urn, DateOnly date, DateTimeOffset now, CancellationToken cancel)
    {
        var placed = ImmutableArray.CreateBuilder<(SchoolRecord, DailyReturn?)>();
        foreach (var provider in (await schools.ListAsync(authority, cancel)).Where(school => school.Commissioner == urn))
        {
            // Whether a register came is no news of any child, and whoever placed pupils may know it.
            using (Reader.AsTheProduct()) { placed.Add((provider, await StandingAsync(provider, date, now, cancel))); }
        }
        return placed.DrainToImmutable();
    }

    /// <summary>How it stands with the return of a day; null on a day without sessions.</summary>
    public async Task<DailyReturn?> StandingAsync(SchoolRecord school, DateOnly date, DateTimeOffset now, CancellationToken cancel) =>
        await calendars.ReadAsync(school.Authority, school.Urn, cancel) is { } calendar
            ? DailyReturns.Of(calendar, date, await feeds.ReceivedAsync(school.Authority, school.Urn, date, cancel), now) : null;

    private async Task<DailyReturnDocument> ReadAsync(SchoolRecord school, HashSet<string>? children, DateOnly date, DateTimeOffset now, CancellationToken cancel)
    {
        var calendar = await calendars.ReadAsync(school.Authority, school.Urn, cancel);
        var owed = calendar is null ? null : DailyReturns.Of(calendar, date, await feeds.ReceivedAsync(school.Authority, school.Urn, date, cancel), now);
        var document = new DailyReturnDocument
        {
            Date = date, State = owed is null ? "none" : JsonNamingPolicy.KebabCaseLower.ConvertName(owed.State.ToString()), DueAt = owed?.DueAt,
            Commissioner = school.Commissioner, Basis = Basis, Pupils = [],
            Sessions = [.. (owed?.Sessions ?? []).Select(one => new ReturnSessionDocument(
                SessionNames.Of(one.Session.Session), one.Starts, one.ReportBy, one.Received?.ReceivedAt, one.Received?.Complete ?? false, one.InTime))],
        };
        if (calendar is null || owed is null) { return document; }
        var window = await registers.ReadWindowAsync(school.Authority, school.Urn, DailyReturns.PatternFrom(calendar, date), date, cancel);
        var marks = window.Sheets.SelectMany(sheet => sheet.Marks.Select(mark => (sheet.Date, sheet.Session, Mark: mark))).ToLookup(one => one.Mark.SchoolPupilId);
        return document with
        {
            Pupils =
            [
                .. from pupil in await schools.PupilsAsync(school.Authority, school.Urn, null, MostPupils, cancel)
                   where pupil.OnList && pupil.EntryDate <= date && !(pupil.LeavingDate < date) && children?.Contains(pupil.ChildId) != false
                   let own = calendar.For(pupil.YearGroup, pupil.Timetable)
                   where own.IsSchoolDay(date)
                   orderby pupil.Surname, pupil.Forename, pupil.SchoolPupilId
                   select Line(pupil, own, date, [.. marks[pupil.SchoolPupilId]]),
            ],
        };
    }

    private static ReturnPupilDocument Line(PupilRecord pupil, SchoolCalendar own, DateOnly date, ImmutableArray<(DateOnly Date, string Session, MarkRecord Mark)> marks)
    {
        var absent = marks.Count(one => SessionNames.TryParse(one.Session, out var session) && own.Holds(new SessionOf(one.Date, session))
            && DailyReturns.IsAbsent(AttendanceCode.Stored(one.Mark.Code), one.Mark.MinutesLate));
        return new()
        {
            SchoolPupilId = pupil.SchoolPupilId, ChildId = pupil.ChildId, Upn = pupil.Upn, Forename = pupil.Forename, Surname = pupil.Surname,
            AbsentSessions = absent, Pattern = absent >= DailyReturns.PatternSessions,
            Marks =
            [
                .. from session in own.Sessions(date)
                   let name = SessionNames.Of(session)
                   let mark = marks.FirstOrDefault(one => one.Date == date && one.Session == name).Mark
                   select new ReturnMarkDocument(name, mark?.Code, mark?.MinutesLate, DailyReturns.IsLate(mark?.MinutesLate),
                       mark is not null && DailyReturns.IsAbsent(AttendanceCode.Stored(mark.Code), mark.MinutesLate)),
            ],
        };
    }
}
