using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Cme.Storage.Connections;
using Npgsql;
using NpgsqlTypes;

namespace Cme.Storage.Tests.Scopes;

/// <summary>
/// Every statement that the edge reads by, run with its filters taken out, as a reader of one school and of one authority. A filter that
/// somebody forgets must show nothing that is somebody else's.
/// </summary>
public sealed partial class ForgottenFilters : IAsyncLifetime
{
    private static readonly string[] Everybody = ["900001", "900002", "980001"];

    /// <summary>What the edge asks. A statement that is new is entered here or below by hand.</summary>
    private static readonly string[] Asked =
    [
        "Access.Keys", "Admissions.Pupils", "Boards.Changes", "Boards.Counts", "Boards.DueBetween", "Boards.Snapshot", "Concerns.List", "Concerns.Reporter", "Contacts.Named", "Forms.One", "Lessons.OfDay", "Episodes.Events", "Episodes.Feed", "Episodes.Histories",
        "Episodes.List", "Episodes.Obligations",
        "Episodes.One", "Episodes.OpenOfSchool", "Letters.OfEpisode", "Questions.List", "Referrals.List", "Registers.FeedHeads", "Registers.FeedSchools", "Registers.Owing",
        "Registers.PupilMarks", "Registers.PupilsOnRoll", "Registers.Sheet", "Removals.List", "Registers.UpnConflicts", "Registers.Window", "Schools.Authorities",
        "Schools.AuthorityCalendar", "Schools.Calendars", "Schools.Leaves", "Schools.Pupils", "Schools.Roll", "Schools.Schools", "Searches.One", "Transfers.Leavers",
    ];

    /// <summary>
    /// What the edge does not read by: it changes something, or the product asks it of itself. Searches and families are found by functions
    /// that deny by themselves (RowSecurityTests), and what only counts, by day or for a picture, is counted below.
    /// </summary>
    private static readonly string[] NotAsked =
    [
        "Access.Create", "Access.Revoke", "Admissions.Add", "Auditor.", "Boards.Concerns", "Boards.DueByDay", "Concerns.Add", "Concerns.Act", "Concerns.Draft", "Concerns.ForgetDraft", "Concerns.Held", "Concerns.Joined", "Concerns.KeepDraft", "Concerns.PurgeDrafts", "Concerns.Unjoined", "Contacts.Add", "Demo.", "Duties.", "Episodes.MissingElsewhere", "Episodes.OfPerson", "Reports.", "Lessons.Take", "Forms.Forget", "Forms.Keep", "Forms.Purge", "Idempotency.", "Letters.Add", "Measures.", "Migrations.", "People.", "Pictures.", "Reads.", "Records.", "Referrals.Add", "Referrals.Joined", "Referrals.Match",
        "Referrals.OpenEpisode", "Referrals.Unjoined", "Referrals.Unknown", "Referrals.Waiting", "Registers.Append", "Registers.Delivered", "Registers.SchoolsOwed", "Registers.Undelivered",
        "Reminders.", "Removals.Add", "Removals.AllTheSame", "Removals.Note", "Removals.PutBack", "Removals.Unnoted", "Restricted.", "Schools.ChoosePack", "Schools.Family", "Schools.OtherPlaces", "Schools.Put", "Searches.Add", "Searches.Find", "Searches.Purge", "Sequencer.", "Transfers.Add",
    ];

    private Store _store = null!;

    public static TheoryData<string> Statements => [.. Asked];

    public async Task InitializeAsync()
    {
        _store = await Store.CreateAsync();
        await _store.ExecuteAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Scopes", "TwoAuthorities.sql")));
    }

    public Task DisposeAsync() => _store.DisposeAsync().AsTask();

    [Theory]
    [MemberData(nameof(Statements))]
    public async Task A_statement_without_its_filters_shows_a_reader_only_what_is_the_readers_own(string statement)
    {
        var product = await RunAsync(statement, null);
        var school = await RunAsync(statement, new Reader("999", "900001", "dsl-1", 3));
        var authority = await RunAsync(statement, new Reader("999", null, "lead", 3));
        var none = await RunAsync(statement, new Reader("", "", "", 3));

        // The product itself sees what is others', or the statement would prove nothing.
        if (!Public(statement))
        {
            Seen(product).ShouldContain("980001");
            // What the public reported is the authority's alone, and who reported it one officer's.
            Seen(school).ShouldBe(statement.StartsWith("Concerns.", StringComparison.Ordinal) ? [] : ["900001"]);
        }
        // What is of one person is not the authority's either.
        if (statement is "Forms.One" or "Concerns.Reporter") { Seen(authority).ShouldBeEmpty(); }
        Seen(authority).ShouldNotContain("980001");
        authority.ShouldNotContain("Council 998");
        school.ShouldNotContain("Council 998");
        Seen(none).ShouldBeEmpty();
        none.ShouldNotContain("Council");
    }

    [Fact]
    public async Task What_falls_due_is_counted_within_what_the_reader_may_see()
    {
        (await RunAsync("Boards.DueByDay", null)).ShouldContain("| 3 |");
        (await RunAsync("Boards.DueByDay", new Reader("999", null, "lead", 3))).ShouldContain("| 2 |");
        (await RunAsync("Boards.DueByDay", new Reader("999", "900001", "dsl-1", 3))).ShouldContain("| 1 |");
        (await RunAsync("Boards.DueByDay", new Reader("", "", "", 3))).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_waits_for_a_match_is_counted_within_what_the_reader_may_see()
    {
        await _store.ExecuteAsync("update cme.referral set child_id = null");

        (await RunAsync("Referrals.Waiting", null)).ShouldContain("3");
        (await RunAsync("Referrals.Waiting", new Reader("999", null, "lead", 3))).ShouldContain("2");
        (await RunAsync("Referrals.Waiting", new Reader("999", "900001", "dsl-1", 3))).ShouldContain("1");
        (await RunAsync("Referrals.Waiting", new Reader("", "", "", 3))).ShouldContain("0");
    }

    [Fact]
    public async Task Concerns_are_counted_for_their_authority_and_for_no_school()
    {
        (await RunAsync("Boards.Concerns", null)).ShouldStartWith("3 | 3 |");
        (await RunAsync("Boards.Concerns", new Reader("999", null, "lead", 3))).ShouldStartWith("2 | 2 |");
        (await RunAsync("Boards.Concerns", new Reader("999", "900001", "dsl-1", 3))).ShouldStartWith("0 | 0 |");
        (await RunAsync("Boards.Concerns", new Reader("", "", "", 3))).ShouldStartWith("0 | 0 |");
    }

    [Fact]
    public async Task Who_reported_a_concern_is_known_to_who_works_on_it_and_to_the_lead_and_to_nobody_else()
    {
        await _store.ExecuteAsync("update cme.concern set holder = 'officer-1' where reference = 'concern-900001'");
        await _store.ExecuteAsync("""
            insert into cme.person (id, authority, role, name, email, email_key, user_key, security_stamp, created_at)
            select 'lead-' || a, a, 'cme-lead', 'Lead', a, a, a, '', now() from unnest(array['999', '998']) a
            """);

        Seen(await RunAsync("Concerns.Reporter", new Reader("999", null, "officer-1", 3))).ShouldBe(["900001"]);
        Seen(await RunAsync("Concerns.Reporter", new Reader("999", null, "officer-2", 3))).ShouldBeEmpty();
        Seen(await RunAsync("Concerns.Reporter", new Reader("999", null, "lead-999", 3))).ShouldBe(["900001", "900002"]);
        Seen(await RunAsync("Concerns.Reporter", new Reader("999", null, "lead-998", 3))).ShouldBeEmpty();
        Seen(await RunAsync("Concerns.Reporter", new Reader("999", "900001", "officer-1", 3))).ShouldBeEmpty("a school never, whoever it is");
    }

    [Fact]
    public async Task A_picture_counts_only_what_the_reader_may_see()
    {
        (await MissingAsync(null)).ShouldBe(3);
        (await MissingAsync(new Reader("999", null, "lead", 3))).ShouldBe(2);
        (await MissingAsync(new Reader("999", "900001", "dsl-1", 3))).ShouldBe(1);
        (await MissingAsync(new Reader("", "", "", 3))).ShouldBe(0);
    }

    [Fact]
    public async Task A_report_counts_only_what_the_reader_may_see()
    {
        (await RunAsync("Reports.Counted", null)).ShouldContain("episodes |  | 3");
        (await RunAsync("Reports.Counted", new Reader("999", null, "lead", 3))).ShouldContain("episodes |  | 2");
        (await RunAsync("Reports.Counted", new Reader("999", "900001", "dsl-1", 3))).ShouldContain("episodes |  | 1");
        (await RunAsync("Reports.Counted", new Reader("", "", "", 3))).ShouldContain("episodes |  | 0");
    }

    [Fact]
    public void Every_statement_is_known_to_be_the_edges_or_not()
    {
        var all = typeof(StorageDatabase).Assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Select(name => name["Cme.Storage.".Length..^".sql".Length]);

        all.Where(name => !Asked.Contains(name) && !NotAsked.Any(other => name.StartsWith(other, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    // Names of schools, and the days on which they are open, are known to everybody of an authority.
    private static bool Public(string statement) =>
        statement is "Contacts.Named" or "Schools.Schools" or "Schools.Calendars" or "Registers.FeedSchools" or "Schools.Authorities" or "Schools.AuthorityCalendar";

    private static string[] Seen(string rows) => [.. Everybody.Where(urn => rows.Contains(urn, StringComparison.Ordinal))];

    private async Task<int> MissingAsync(Reader? reader) => (await RunAsync("Pictures.TimeMissing", reader)).Split('\n')
        .Sum(row => int.Parse(row.Split(" | ")[2], CultureInfo.InvariantCulture));

    private async Task<string> RunAsync(string statement, Reader? reader)
    {
        var sql = Unfiltered(statement);
        using var block = reader?.Begin();
        var rows = await _store.Database.ReadAsync(sql, parameters => Bind(parameters, sql), AsText, CancellationToken.None);
        return string.Join('\n', rows);
    }

    /// <summary>The statement with every filter that may be left out left out, and every comparison with the caller's own organisation undone.</summary>
    private static string Unfiltered(string statement)
    {
        using var stream = typeof(StorageDatabase).Assembly.GetManifestResourceStream($"Cme.Storage.{statement}.sql")!;
        using var text = new StreamReader(stream);
        var kept = text.ReadToEnd().Split('\n').Where(line => !line.StartsWith("--", StringComparison.Ordinal) && !line.Contains("--? ", StringComparison.Ordinal));
        return OwnOrganisation().Replace(string.Join('\n', kept), "true");
    }

    private static void Bind(NpgsqlParameterCollection parameters, string sql)
    {
        var now = DateTimeOffset.UnixEpoch;
        foreach (var name in Parameter().Matches(sql).Select(found => found.Groups[1].Value).Distinct())
        {
            var (type, value) = name switch
            {
                "authority" => (NpgsqlDbType.Text, (object)"999"),
                "statuses" => (NpgsqlDbType.Array | NpgsqlDbType.Text, new[] { "open", "closed" }),
                "references" => (NpgsqlDbType.Array | NpgsqlDbType.Text, Everybody.Select(urn => $"episode-{urn}").ToArray()),
                "barring" or "hiding" or "care" or "mistakes" => (NpgsqlDbType.Array | NpgsqlDbType.Text, Array.Empty<string>()),
                "urns" => (NpgsqlDbType.Array | NpgsqlDbType.Text, Everybody),
                "days" => (NpgsqlDbType.Array | NpgsqlDbType.Date, Enumerable.Repeat(new DateOnly(2026, 9, 8), 3).ToArray()),
                "pupils" => (NpgsqlDbType.Array | NpgsqlDbType.Text, Everybody.Select(urn => $"P{urn}").ToArray()),
                "limit" => (NpgsqlDbType.Integer, 1000),
                "after" => (NpgsqlDbType.Bigint, 0L),
                "from" when sql.Contains("act_by >= @from", StringComparison.Ordinal) => (NpgsqlDbType.TimestampTz, now),
                "until" or "before" => (NpgsqlDbType.TimestampTz, now.AddYears(200)),
                "from" or "date" => (NpgsqlDbType.Date, new DateOnly(2026, 9, 8)),
                "to" => (NpgsqlDbType.Date, new DateOnly(2026, 9, 9)),
                "since" => (NpgsqlDbType.TimestampTz, now),
                "today" => (NpgsqlDbType.Date, new DateOnly(2026, 9, 10)),
                "upto" => (NpgsqlDbType.Array | NpgsqlDbType.Integer, new[] { 1, 7, 30 }),
                "session" => (NpgsqlDbType.Text, "AM"),
                "now" => (NpgsqlDbType.TimestampTz, now),
                _ => throw new InvalidOperationException($"The parameter '{name}' is new: teach this table a value for it."),
            };
            parameters.AddNamed(name, type, value);
        }
    }

    private static string AsText(NpgsqlDataReader row)
    {
        var text = new StringBuilder();
        for (var column = 0; column < row.FieldCount; column++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(row.IsDBNull(column) ? "" : row.GetValue(column) switch
            {
                byte[] bytes => Encoding.UTF8.GetString(bytes),
                string[] many => string.Join(' ', many),
                var one => one,
            })} | ");
        }
        return text.ToString();
    }

    [GeneratedRegex(@"\w+\.(?:authority|organisation|urn|code|episode|concern|reference|id|person|form) = @(?:authority|organisation|urn|code|episode|reference|id|person|form)\b")]
    private static partial Regex OwnOrganisation();

    [GeneratedRegex(@"@(\w+)")]
    private static partial Regex Parameter();
}
