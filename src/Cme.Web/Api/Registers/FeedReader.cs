using System.Collections.Immutable;
using System.Text.Json;
using Cme.Domain.Calendars;
using Cme.Domain.Procedures;
using Cme.Domain.Registers;
using Cme.Storage.Episodes;
using Cme.Storage.Registers;
using Cme.Storage.Schools;
using Cme.Web.Api.Episodes;

namespace Cme.Web.Api.Registers;

/// <summary>Puts a school's feed together from its calendar, its roll and the registers held.</summary>
internal sealed class FeedReader(ISchools schools, IRegisters registers, IFeeds feeds, IEpisodes episodes, SchoolCalendars calendars, ReturnsReader returns)
{
    private const int DaysLookedBack = 30;
    private const int EpisodesOfAPage = 500;

    /// <summary>The feed of a day, or null if the authority has no such school.</summary>
    public async Task<FeedDocument?> ReadAsync(string authority, string urn, DateOnly date, DateTimeOffset now, CancellationToken cancel)
    {
        if (await schools.GetAsync(authority, urn, cancel) is not { } school) { return null; }
        var calendar = await calendars.ReadAsync(authority, urn, cancel);
        var roll = (await schools.ReadRollAsync(authority, urn, cancel)).ToDictionary(entry => entry.SchoolPupilId, StringComparer.Ordinal);
        var expected = calendar is null ? [] : RegisterFeed.Of(calendar, date, await feeds.ReceivedAsync(authority, urn, date, cancel), now);
        var sheets = (await registers.ReadWindowAsync(authority, urn, date, date, cancel)).Sheets;
        var (from, today) = (LookedBack(calendar, now), London.DateOf(now));
        var recent = calendar is null ? [] : (await registers.ReadWindowAsync(authority, urn, from, today, cancel)).Sheets;
        var owed = calendar is null ? [] : await returns.ReadAsync(school, calendar, roll.Values, recent, from, today, cancel);
        var gone = roll.Values.Where(entry => PlaceOf(entry) is var place && place.Owes && place.IsOffRollOn(today)).ToList();
        var open = owed.IsEmpty && gone.Count == 0 ? [] : await OpenEpisodesAsync(authority, urn, cancel);
        return new()
        {
            Date = date,
            Day = DayName(calendar?.KindOf(date)),
            LateAfterMinutes = (int)RegisterFeed.LateAfter.TotalMinutes,
            MissingAfterMinutes = (int)RegisterFeed.MissingAfter.TotalMinutes,
            Sessions = [.. expected.Select(register => SessionOf(register, sheets.FirstOrDefault(sheet => sheet.Session == SessionNames.Of(register.Session.Session)), roll))],
            NotOnList = [.. gone.OrderBy(entry => entry.SchoolPupilId, StringComparer.Ordinal).Select(entry => NotOnList(entry, open))],
            CodesToReplace = calendar is null ? [] : [.. CodesToReplace(recent, calendar, roll, now)],
            Returns = [.. owed.Select(one => ReturnOf(one.Pupil, one.Owed, open))],
            UpnConflicts =
            [
                .. (await feeds.ConflictsAsync(authority, urn, cancel)).Select(conflict => new UpnConflictDocument
                {
                    SchoolPupilId = conflict.SchoolPupilId, ChildId = conflict.ChildId, Upn = conflict.Upn, NotedAt = conflict.NotedAt,
                }),
            ],
        };
    }

    private static SessionFeedDocument SessionOf(ExpectedRegister register, SheetRecord? sheet, Dictionary<string, RollEntry> roll) => new()
    {
        Session = SessionNames.Of(register.Session.Session),
        Opens = register.Opens,
        RegistrationCloses = register.Closes,
        MissingFrom = register.MissingFrom,
        State = StateName(register.State),
        ReceivedAt = register.Received?.ReceivedAt,
        RevisedAt = register.Received?.RevisedAt,
        Revision = register.Received?.Revision,
        Complete = register.Received?.Complete,
        Late = register.IsLate,
        Missing = register.State == RegisterState.Missing,
        Incomplete = register.IsIncomplete,
        LooksWrong = register is { State: RegisterState.LooksWrong, Received.Doubt: { } doubt } && sheet is not null
            ? new LooksWrongDocument { Since = doubt.Since, HoldEnds = doubt.Until, Unexplained = sheet.Marks.Count(IsUnexplained) }
            : null,
        Blanks = register.Now < register.Closes ? [] :
        [
            .. from mark in sheet?.Marks ?? []
               where mark.Code.Length == 0 && roll.TryGetValue(mark.SchoolPupilId, out var entry) && WasOnRoll(entry, register.Session.Date)
               select new FeedPupilDocument { SchoolPupilId = mark.SchoolPupilId, ChildId = ChildOf(mark, roll) },
        ],
        DataFaults =
        [
            .. from mark in sheet?.Marks ?? []
               where mark.Code == AttendanceCode.Faulty.Text
               select new DataFaultDocument { SchoolPupilId = mark.SchoolPupilId, ChildId = ChildOf(mark, roll), Code = "data-fault", Fault = mark.ReasonText },
        ],
    };

    private static DateOnly LookedBack(SchoolCalendar? calendar, DateTimeOffset now)
    {
        var from = London.DateOf(now);
        for (var left = DaysLookedBack; left > 0 && calendar?.PreviousSchoolDay(from) is { } before; left--) { from = before; }
        return from;
    }

    private static IEnumerable<CodeToReplaceDocument> CodesToReplace(
        ImmutableArray<SheetRecord> recent, SchoolCalendar calendar, Dictionary<string, RollEntry> roll, DateTimeOffset now) =>
        from sheet in recent
        where calendar.IsSchoolDay(sheet.Date)
        let due = RegisterFeed.ReplaceNBy(calendar, sheet.Date)
        where due <= now
        from mark in sheet.Marks
        where mark.Code == "N"
        select new CodeToReplaceDocument
        {
            SchoolPupilId = mark.SchoolPupilId, ChildId = ChildOf(mark, roll), Date = sheet.Date, Session = sheet.Session, Code = mark.Code,
            DueAt = due.Value, Clause = "B3", What = "Give the reason, or change code N to O: it is older than five school days.",
        };

    private static NotOnListDocument NotOnList(RollEntry entry, Dictionary<string, string> open) => new()
    {
        SchoolPupilId = entry.SchoolPupilId, ChildId = entry.ChildId, LeavingDate = entry.LeavingDate, Step = "not-on-list", Clause = "product",
        What = "Give the leaving date, the ground and the destination, or put the pupil back on the list.",
        Episode = open.GetValueOrDefault(entry.ChildId),
    };

    private static ReturnDocument ReturnOf(RollEntry entry, ReturnOwed owed, Dictionary<string, string> open) => new()
    {
        SchoolPupilId = entry.SchoolPupilId, ChildId = entry.ChildId, Step = owed.Step.Id, Clause = owed.Step.Clause, What = owed.Step.What,
        Since = owed.Since, DueAt = owed.Due.DueAt, Episode = open.GetValueOrDefault(entry.ChildId),
    };

    /// <summary>The reference of each child's open whereabouts episode at the school; a child has one at most.</summary>
    private async Task<Dictionary<string, string>> OpenEpisodesAsync(string authority, string urn, CancellationToken cancel)
    {
        var open = new Dictionary<string, string>(StringComparer.Ordinal);
        var filter = new EpisodeFilter { Scope = new(authority, urn), Kind = "whereabouts" };
        for (string? cursor = null; ;)
        {
            var page = await episodes.ListAsync(filter, EpisodesOfAPage, cursor, cancel);
            foreach (var row in page.Rows) { open[row.ChildId] = row.Reference; }
            if (page.NextCursor is null) { return open; }
            cursor = page.NextCursor;
        }
    }

    private static bool IsUnexplained(MarkRecord mark) =>
        AttendanceCode.Stored(mark.Code).Reading(ReporterNames.Parse(mark.ReportedBy)) == MarkReading.Starts;

    private static RollPlace PlaceOf(RollEntry entry) =>
        new(entry.OnList, entry.LeavingDate, HasDetails: entry.Ground is { Length: > 0 } && entry.Destination is { Length: > 0 });

    private static bool WasOnRoll(RollEntry entry, DateOnly date) => date >= entry.EntryDate && !(date > entry.LeavingDate);

    private static string? ChildOf(MarkRecord mark, Dictionary<string, RollEntry> roll) => roll.GetValueOrDefault(mark.SchoolPupilId)?.ChildId;

    private static string StateName(RegisterState state) => JsonNamingPolicy.KebabCaseLower.ConvertName(state.ToString());

    private static string DayName(DayKind? kind) => kind is null ? "not-published" : JsonNamingPolicy.KebabCaseLower.ConvertName(kind.GetType().Name);
}
