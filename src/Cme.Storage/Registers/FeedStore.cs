using System.Collections.Concurrent;
using System.Collections.Immutable;
using Cme.Domain.Calendars;
using Cme.Domain.Registers;
using Cme.Storage.Connections;
using Cme.Storage.Schools;
using Npgsql;
using NpgsqlTypes;

namespace Cme.Storage.Registers;

/// <summary>Reads what schools have sent and what they owe. Calendars never change under a version, so those read are kept.</summary>
public sealed class FeedStore(StorageDatabase database, ISchools schools, BankHolidays bankHolidays) : IFeeds
{
    private static readonly string Heads = Sql.Beside<FeedStore>("FeedHeads.sql");
    private static readonly string Schools = Sql.Beside<FeedStore>("FeedSchools.sql");
    private static readonly string Conflicts = Sql.Beside<FeedStore>("UpnConflicts.sql");

    /// <summary>The school days, today among them, of which a return that is late is told: a school week.</summary>
    private const int ReturnDays = 5;

    private readonly ConcurrentDictionary<(string Authority, string Urn), SchoolCalendar> _calendars = new();

    /// <inheritdoc/>
    public async Task<ImmutableArray<ReceivedRegister>> ReceivedAsync(string authority, string urn, DateOnly date, CancellationToken cancel = default) =>
        [.. (await HeadsAsync(authority, [(urn, date)], cancel)).Select(head => head.Register)];

    /// <inheritdoc/>
    public Task<ImmutableArray<SchoolFeed>> OfAuthorityAsync(string authority, DateTimeOffset now, CancellationToken cancel = default) =>
        OfAsync(authority, new Filters(), DaysOf, now, cancel);

    /// <inheritdoc/>
    public async Task<SchoolFeed?> OfSchoolAsync(string authority, string urn, DateTimeOffset now, CancellationToken cancel = default) =>
        await OfAsync(authority, One(urn), DaysOf, now, cancel) is [var school] ? school : null;

    /// <inheritdoc/>
    public Task<ImmutableArray<SchoolFeed>> OfCommissionedAsync(string authority, string commissioner, DateTimeOffset now, CancellationToken cancel = default) =>
        OfAsync(authority, new Filters(("commissioner", NpgsqlDbType.Text, commissioner)), DaysOf, now, cancel);

    /// <inheritdoc/>
    public async Task<SchoolFeed?> RecentAsync(string authority, string urn, int days, DateTimeOffset now, CancellationToken cancel = default) =>
        await OfAsync(authority, One(urn), (calendar, at) => LastDays(calendar, days, at), now, cancel) is [var school] ? school : null;

    /// <inheritdoc/>
    public Task<ImmutableArray<UpnConflict>> ConflictsAsync(string authority, string urn, CancellationToken cancel = default) =>
        database.ReadAsync(
            Conflicts,
            parameters => parameters.AddText("authority", authority).AddText("urn", urn),
            row => new UpnConflict(row.Text("school_pupil_id"), row.Text("child_id"), row.Text("upn"), row.Instant("noted_at")),
            cancel);

    private static Filters One(string urn) => new(("urn", NpgsqlDbType.Text, urn));

    private async Task<ImmutableArray<SchoolFeed>> OfAsync(
        string authority, Filters asked, Func<SchoolCalendar, DateTimeOffset, ImmutableArray<DateOnly>> daysOf, DateTimeOffset now, CancellationToken cancel)
    {
        var published = await database.ReadAsync(
            asked.In(Schools),
            parameters => asked.Bind(parameters.AddText("authority", authority)),
            row => (Urn: row.Text("urn"), Name: row.Text("name"), IsProvider: row.Text("kind") == "provider", Version: row.Int("version"), Since: row.Instant("first_published_at")),
            cancel);
        var calendars = new Dictionary<string, SchoolCalendar>();
        foreach (var school in published)
        {
            calendars[school.Urn] = await CalendarAsync(authority, school.Urn, school.Version, cancel);
        }

        var days = published.ToDictionary(school => school.Urn, school => daysOf(calendars[school.Urn], now));
        var returns = published.Where(school => school.IsProvider).ToDictionary(school => school.Urn, school => LastDays(calendars[school.Urn], ReturnDays, now));
        var heads = (await HeadsAsync(authority, [.. days.Concat(returns).SelectMany(school => school.Value.Select(day => (school.Key, day))).Distinct()], cancel))
            .ToLookup(head => head.Urn, head => head.Register);
        return
        [
            .. from school in published
               select new SchoolFeed(school.Urn, school.Name,
               [
                   .. from day in days[school.Urn]
                      from register in RegisterFeed.Of(calendars[school.Urn], day, heads[school.Urn], now)
                      where register.Closes >= school.Since
                      select register,
               ])
               {
                   LateReturns = [.. from day in returns.GetValueOrDefault(school.Urn, [])
                                     let made = DailyReturns.Of(calendars[school.Urn], day, heads[school.Urn], now)
                                     where made is { State: ReturnState.Overdue } && made.DueAt >= school.Since
                                     select day],
               },
        ];
    }

    private static ImmutableArray<DateOnly> DaysOf(SchoolCalendar calendar, DateTimeOffset now)
    {
        var today = London.DateOf(now);
        return RegisterFeed.DayOfJudgement(calendar, now) is { } judged && judged != today ? [judged, today] : [today];
    }

    private static ImmutableArray<DateOnly> LastDays(SchoolCalendar calendar, int count, DateTimeOffset now)
    {
        var days = new List<DateOnly>();
        for (DateOnly? day = London.DateOf(now); day is { } at && days.Count < count; day = calendar.PreviousSchoolDay(at))
        {
            if (calendar.IsSchoolDay(at)) { days.Insert(0, at); }
        }
        return [.. days];
    }

    private Task<ImmutableArray<(string Urn, ReceivedRegister Register)>> HeadsAsync(
        string authority, ImmutableArray<(string Urn, DateOnly Day)> asked, CancellationToken cancel) =>
        database.ReadAsync(
            Heads,
            parameters => parameters.AddText("authority", authority)
                .AddNamed("urns", NpgsqlDbType.Array | NpgsqlDbType.Text, asked.Select(one => one.Urn).ToArray())
                .AddNamed("days", NpgsqlDbType.Array | NpgsqlDbType.Date, asked.Select(one => one.Day).ToArray()),
            row => (row.Text("urn"), RegisterOf(row)),
            cancel);

    private static ReceivedRegister RegisterOf(NpgsqlDataReader row) => new(
        new SessionOf(row.Day("date"), row.Text("session") == "PM" ? Session.Pm : Session.Am),
        row.Int("revision"), row.Instant("received_at"), row.Instant("revised_at"), row.Flag("complete"),
        row.InstantOrNull("doubted_from") is { } since ? new RegisterDoubt(since, row.Instant("doubted_until")) : null);

    private async ValueTask<SchoolCalendar> CalendarAsync(string authority, string urn, int version, CancellationToken cancel)
    {
        if (_calendars.TryGetValue((authority, urn), out var known) && known.Version >= version)
        {
            return known;
        }
        var years = await schools.CalendarsAsync(authority, urn, version, cancel);
        return _calendars[(authority, urn)] = new PublishedCalendars(years, bankHolidays).School(urn)!;
    }
}
