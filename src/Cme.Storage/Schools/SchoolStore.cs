using System.Collections.Immutable;
using Cme.Domain.Children;
using Cme.Storage.Connections;
using Cme.Storage.Episodes;
using Cme.Storage.History;
using Npgsql;
using NpgsqlTypes;

namespace Cme.Storage.Schools;

/// <summary>Authorities, schools, calendars and rolls in PostgreSQL.</summary>
public sealed class SchoolStore(StorageDatabase database) : ISchools, IFamilies
{
    private const string PublishCalendar = "select cme.publish_calendar($1, $2, $3, $4, $5)";
    private const string PublishAuthorityCalendar = "select cme.publish_authority_calendar($1, $2, $3, $4)";
    private const string ChangeRoll = "select school_pupil_id, child_id, outcome, conflict from cme.change_roll($1, $2, $3, $4, $5)";

    private static readonly string PutAuthority = Sql.Beside<SchoolStore>("PutAuthority.sql");
    private static readonly string Authorities = Sql.Beside<SchoolStore>("Authorities.sql");
    private static readonly string ChoosePack = Sql.Beside<SchoolStore>("ChoosePack.sql");
    private static readonly string PutSchool = Sql.Beside<SchoolStore>("PutSchool.sql");
    private static readonly string Schools = Sql.Beside<SchoolStore>("Schools.sql");
    private static readonly string Calendars = Sql.Beside<SchoolStore>("Calendars.sql");
    private static readonly string AuthorityCalendar = Sql.Beside<SchoolStore>("AuthorityCalendar.sql");
    private static readonly string Roll = Sql.Beside<SchoolStore>("Roll.sql");
    private static readonly string Pupils = Sql.Beside<SchoolStore>("Pupils.sql");
    private static readonly string OtherPlaces = Sql.Beside<SchoolStore>("OtherPlaces.sql");
    private static readonly string Family = Sql.Beside<SchoolStore>("Family.sql");
    private static readonly string Leaves = Sql.Beside<SchoolStore>("Leaves.sql");
    private static readonly string PutLeave = Sql.Beside<SchoolStore>("PutLeave.sql");

    /// <inheritdoc/>
    public async Task<AuthorityRecord?> GetAuthorityAsync(string code, CancellationToken cancel = default) =>
        await AuthoritiesAsync(code, cancel) is [var authority] ? authority : null;

    /// <inheritdoc/>
    public Task<ImmutableArray<AuthorityRecord>> AuthoritiesAsync(CancellationToken cancel = default) => AuthoritiesAsync(null, cancel);

    /// <inheritdoc/>
    public async Task<int> PutAuthorityAsync(AuthorityRecord authority, CancellationToken cancel = default) =>
        await database.AddOrFindAsync(
            PutAuthority,
            parameters => parameters.AddText("code", authority.Code).AddText("name", authority.Name)
                .AddNamed("calendar", NpgsqlDbType.Jsonb, authority.Calendar),
            row => row.GetInt32(0),
            cancel);

    /// <inheritdoc/>
    public Task ChoosePackAsync(string authority, string pack, CancellationToken cancel = default) =>
        database.WriteAsync(ChoosePack, parameters => parameters.AddText("authority", authority).AddText("pack", pack), row => row.GetInt32(0), cancel);

    /// <inheritdoc/>
    public async Task<SchoolRecord?> GetAsync(string authority, string urn, CancellationToken cancel = default) =>
        await SchoolsAsync(authority, urn, cancel) is [var school] ? school : null;

    /// <inheritdoc/>
    public Task<ImmutableArray<SchoolRecord>> ListAsync(string authority, CancellationToken cancel = default) =>
        SchoolsAsync(authority, null, cancel);

    /// <inheritdoc/>
    public async Task<int> PutAsync(SchoolRecord school, CancellationToken cancel = default) =>
        await database.AddOrFindAsync(
            PutSchool,
            parameters => parameters.AddText("authority", school.Authority).AddText("urn", school.Urn).AddText("name", school.Name)
                .AddText("kind", school.Kind).AddText("pack", school.Pack).AddText("commissioner", school.Commissioner),
            row => row.GetInt32(0),
            cancel);

    /// <inheritdoc/>
    public async Task<int> PublishCalendarAsync(
        string authority, string urn, string schoolYear, string body, DateTimeOffset publishedAt, CancellationToken cancel = default) =>
        (await database.WriteAsync(
            PublishCalendar,
            parameters => parameters.AddText(authority).AddText(urn).AddText(schoolYear)
                .AddTyped(NpgsqlDbType.Jsonb, body).AddTyped(NpgsqlDbType.TimestampTz, publishedAt.ToUniversalTime()),
            row => row.GetInt32(0),
            cancel))[0];

    /// <inheritdoc/>
    public Task<ImmutableArray<CalendarRecord>> CalendarsAsync(
        string authority, string urn, int? version = null, CancellationToken cancel = default)
    {
        var asked = new Filters(("version", NpgsqlDbType.Integer, version));
        return database.ReadAsync(
            asked.In(Calendars),
            parameters => asked.Bind(parameters.AddText("authority", authority).AddText("urn", urn)),
            row => new CalendarRecord(row.Text("school_year"), row.Int("version"), row.Text("body"), row.Instant("published_at")),
            cancel);
    }

    /// <inheritdoc/>
    public Task<CalendarRecord?> AuthorityCalendarAsync(string authority, int? version = null, CancellationToken cancel = default)
    {
        var asked = new Filters(("version", NpgsqlDbType.Integer, version));
        return database.ReadOneAsync(
            asked.In(AuthorityCalendar),
            parameters => asked.Bind(parameters.AddText("authority", authority)),
            row => new CalendarRecord(Cme.Domain.Calendars.AuthorityCalendar.Year, row.Int("version"), row.Text("body"), row.Instant("published_at")),
            cancel);
    }

    /// <inheritdoc/>
    public async Task<int?> PublishAuthorityCalendarAsync(
        string authority, string body, int held, DateTimeOffset publishedAt, CancellationToken cancel = default) =>
        (await database.WriteAsync(
            PublishAuthorityCalendar,
            parameters => parameters.AddText(authority).AddTyped(NpgsqlDbType.Jsonb, body)
                .AddTyped(NpgsqlDbType.TimestampTz, publishedAt.ToUniversalTime()).AddTyped(NpgsqlDbType.Integer, held),
            row => row.IsDBNull(0) ? (int?)null : row.GetInt32(0),
            cancel))[0];

    /// <inheritdoc/>
    public async Task<RollStored> ChangeRollAsync(
        string authority, string urn, bool full, IReadOnlyList<PupilRecord> pupils, IReadOnlyCollection<string> listed,
        CancellationToken cancel = default)
    {
        var items = pupils.Select((pupil, at) => RollItem.Of(pupil, at)).ToArray();
        var rows = await database.WriteAsync(
            ChangeRoll,
            parameters => parameters.AddText(authority).AddText(urn).AddTyped(NpgsqlDbType.Boolean, full)
                .AddTyped(NpgsqlDbType.Jsonb, StateJson.Write(items)).AddTexts(listed),
            row => (Outcome: row.GetString(2), Stored: new PupilStored(row.GetString(0), row.GetString(1), row.GetString(2) == "changed", row.GetBoolean(3))),
            cancel);
        var stored = rows.Where(row => row.Outcome != "not-on-list").ToDictionary(row => row.Stored.SchoolPupilId, row => row.Stored, StringComparer.Ordinal);
        return new RollStored(
            [.. pupils.Select(pupil => stored[pupil.SchoolPupilId])],
            [.. rows.Where(row => row.Outcome == "not-on-list").Select(row => row.Stored.SchoolPupilId)]);
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<RollEntry>> ReadRollAsync(string authority, string urn, CancellationToken cancel = default) =>
        database.ReadAsync(
            Roll,
            parameters => parameters.AddText("authority", authority).AddText("urn", urn),
            // By place, not by name: several hundred rows are read before a school's first register of the day is answered.
            row => new RollEntry(
                row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), Few(row, 2), row.GetString(3), row.GetString(4), Few(row, 5),
                row.GetFieldValue<DateOnly>(6), row.IsDBNull(7) ? null : row.GetFieldValue<DateOnly>(7), row.GetBoolean(8), row.GetInt32(9),
                row.IsDBNull(10) ? null : row.GetString(10))
            {
                Ground = row.IsDBNull(11) ? null : row.GetString(11), Destination = row.IsDBNull(12) ? null : row.GetString(12),
                Timetable = row.IsDBNull(13) ? null : row.GetString(13),
            },
            cancel);

    /// <inheritdoc/>
    public Task<ImmutableArray<PupilRecord>> PupilsAsync(
        string authority, string urn, string? after, int limit, CancellationToken cancel = default) =>
        PupilsAsync(authority, new(("urn", NpgsqlDbType.Text, urn), ("after", NpgsqlDbType.Text, after)), limit, PupilOf, cancel);

    /// <inheritdoc/>
    public Task<ImmutableArray<ChildPupil>> PupilsOfChildAsync(string authority, string childId, CancellationToken cancel = default) =>
        PupilsAsync(authority, new(("child", NpgsqlDbType.Text, childId)), 100, row => new ChildPupil(row.Text("urn"), PupilOf(row), row.DayOrNull("moved_on"), row.Flag("fourth")),
            cancel);

    /// <inheritdoc/>
    public Task<ImmutableArray<OtherPlace>> OtherPlacesAsync(string authority, string urn, string childId, DateOnly on, CancellationToken cancel = default) =>
        database.ReadAsync(
            OtherPlaces,
            parameters => parameters.AddText("authority", authority).AddText("urn", urn).AddText("child", childId).AddNamed("on", NpgsqlDbType.Date, on),
            row => new OtherPlace(row.Text("urn"), row.Text("year_group"), row.TextOrNull("timetable")),
            cancel);

    /// <inheritdoc/>
    public Task<ImmutableArray<FamilyMember>> FamilyAsync(CallerScope scope, string childId, int limit, CancellationToken cancel = default) =>
        database.ReadAsync(
            Family,
            parameters => parameters.AddText("authority", scope.Authority).AddText("urn", scope.Urn).AddText("child", childId)
                .AddNamed("limit", NpgsqlDbType.Integer, limit)
                .AddNamed("hiding", NpgsqlDbType.Array | NpgsqlDbType.Text, Flags.HidingAddress.ToArray()),
            row => new FamilyMember(
                row.Text("child_id"), row.Text("urn"), row.Text("school_name"), row.Text("forename"), row.Text("surname"), row.Text("year_group"),
                row.Flag("lives_there"), row.Texts("flags"), row.TextOrNull("reference"), row.TextOrNull("status")),
            cancel);

    /// <inheritdoc/>
    public Task<ImmutableArray<LeaveRecord>> LeavesAsync(string authority, string urn, string? id = null, CancellationToken cancel = default)
    {
        var asked = new Filters(("id", NpgsqlDbType.Text, id));
        return database.ReadAsync(
            asked.In(Leaves),
            parameters => asked.Bind(parameters.AddText("authority", authority).AddText("urn", urn)),
            row => new LeaveRecord
            {
                Id = row.Text("id"),
                Version = row.Int("version"),
                SchoolPupilId = row.Text("school_pupil_id"),
                From = row.Day("first_day"),
                ExpectedReturn = row.Day("expected_return"),
                Reason = row.Text("reason"),
                AuthorisedBy = row.Text("authorised_by"),
                Cancelled = row.Flag("cancelled"),
                RecordedAt = row.Instant("recorded_at"),
                RecordedBy = row.Text("recorded_by"),
            },
            cancel);
    }

    /// <inheritdoc/>
    public async Task<bool> PutLeaveAsync(string authority, string urn, LeaveRecord leave, CancellationToken cancel = default) =>
        !(await database.WriteAsync(
            PutLeave,
            parameters => parameters.AddText("authority", authority).AddText("urn", urn).AddText("id", leave.Id)
                .AddNamed("version", NpgsqlDbType.Integer, leave.Version).AddText("pupil", leave.SchoolPupilId)
                .AddNamed("from", NpgsqlDbType.Date, leave.From).AddNamed("return", NpgsqlDbType.Date, leave.ExpectedReturn)
                .AddText("reason", leave.Reason).AddText("by", leave.AuthorisedBy).AddNamed("cancelled", NpgsqlDbType.Boolean, leave.Cancelled)
                .AddNamed("at", NpgsqlDbType.TimestampTz, leave.RecordedAt.ToUniversalTime()).AddText("recorder", leave.RecordedBy),
            row => row.GetInt32(0),
            cancel)).IsEmpty;

    private Task<ImmutableArray<AuthorityRecord>> AuthoritiesAsync(string? code, CancellationToken cancel)
    {
        var asked = new Filters(("code", NpgsqlDbType.Text, code));
        return database.ReadAsync(
            asked.In(Authorities),
            asked.Bind,
            row => new AuthorityRecord(row.Text("code"), row.Text("name"), row.Text("calendar"), row.Int("version"), row.TextOrNull("pack")),
            cancel);
    }

    private Task<ImmutableArray<SchoolRecord>> SchoolsAsync(string authority, string? urn, CancellationToken cancel)
    {
        var asked = new Filters(("urn", NpgsqlDbType.Text, urn));
        return database.ReadAsync(
            asked.In(Schools),
            parameters => asked.Bind(parameters.AddText("authority", authority)),
            row => new SchoolRecord
            {
                Authority = row.Text("authority"),
                Urn = row.Text("urn"),
                Name = row.Text("name"),
                Kind = row.Text("kind"),
                Pack = row.TextOrNull("pack"),
                Commissioner = row.TextOrNull("commissioner"),
                Version = row.Int("version"),
            },
            cancel);
    }

    private Task<ImmutableArray<T>> PupilsAsync<T>(
        string authority, Filters asked, int limit, Func<NpgsqlDataReader, T> row, CancellationToken cancel) =>
        database.ReadAsync(
            asked.In(Pupils),
            parameters => asked.Bind(parameters.AddText("authority", authority).AddNamed("limit", NpgsqlDbType.Integer, limit)
                .AddNamed("hiding", NpgsqlDbType.Array | NpgsqlDbType.Text, Flags.HidingAddress.ToArray())),
            row,
            cancel);

    private static ImmutableArray<string> Few(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? [] : [.. row.GetString(column).Split('\u001f')];

    private static PupilRecord PupilOf(NpgsqlDataReader row) => new()
    {
        SchoolPupilId = row.Text("school_pupil_id"),
        ChildId = row.Text("child_id"),
        Upn = row.TextOrNull("upn"),
        FormerUpns = row.Texts("former_upns"),
        Forename = row.Text("forename"),
        Surname = row.Text("surname"),
        DateOfBirth = row.Day("date_of_birth"),
        Sex = row.Text("sex"),
        YearGroup = row.Text("year_group"),
        EntryDate = row.Day("entry_date"),
        LeavingDate = row.DayOrNull("leaving_date"),
        Ground = row.TextOrNull("ground"),
        Destination = row.TextOrNull("destination"),
        FirstLanguage = row.TextOrNull("first_language"),
        Flags = row.Texts("flags"),
        Timetable = row.TextOrNull("timetable"),
        Particulars = row.Text("particulars"),
        OnList = row.Flag("on_list"),
        Version = row.Int("version"),
        AddressHidden = row.Flag("address_hidden"),
    };
}
