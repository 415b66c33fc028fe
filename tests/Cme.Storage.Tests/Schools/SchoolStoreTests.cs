using System.Globalization;
using Cme.Storage.Schools;
using Npgsql;

namespace Cme.Storage.Tests.Schools;

public sealed class SchoolStoreTests : IAsyncLifetime
{
    private const string Authority = EpisodeWrites.Authority;
    private static readonly DateTimeOffset Published = DateTimeOffset.Parse("2026-07-01T10:00:00Z", CultureInfo.InvariantCulture);

    private Store _store = null!;

    public async Task InitializeAsync()
    {
        _store = await Store.CreateAsync();
        await _store.PutSchoolAsync();
    }

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task An_authority_s_calendar_is_published_under_the_version_that_was_read_and_the_same_again_keeps_it()
    {
        (await _store.Schools.AuthorityCalendarAsync(Authority)).ShouldBeNull();
        (await _store.Schools.PublishAuthorityCalendarAsync(Authority, """{"officeStart":"08:00:00"}""", 0, Published)).ShouldBe(1);
        (await _store.Schools.PublishAuthorityCalendarAsync(Authority, """{"officeStart":"08:00:00"}""", 0, Published)).ShouldBe(1);
        (await _store.Schools.PublishAuthorityCalendarAsync(Authority, """{"officeStart":"09:00:00"}""", 0, Published)).ShouldBeNull();
        (await _store.Schools.PublishAuthorityCalendarAsync(Authority, """{"officeStart":"09:00:00"}""", 1, Published)).ShouldBe(2);
        (await _store.Schools.AuthorityCalendarAsync(Authority)).ShouldNotBeNull().Version.ShouldBe(2);
    }

    [Fact]
    public async Task An_authority_and_a_school_keep_their_version_until_something_is_new()
    {
        (await _store.Schools.PutAuthorityAsync(new AuthorityRecord(Authority, "Nene Valley Council"))).ShouldBe(1);
        (await _store.Schools.PutAuthorityAsync(new AuthorityRecord(Authority, "Nene Valley Council", """{"closures": ["2026-12-29"]}"""))).ShouldBe(2);
        (await _store.Schools.GetAuthorityAsync(Authority))!.Calendar.ShouldContain("2026-12-29");

        var school = new SchoolRecord { Authority = Authority, Urn = "900001", Name = "Nene Primary", Pack = "suffolk" };
        (await _store.Schools.PutAsync(school)).ShouldBe(2);
        (await _store.Schools.PutAsync(school)).ShouldBe(2);
        (await _store.Schools.GetAsync(Authority, "900001")).ShouldBe(school with { Version = 2 });
        (await _store.Schools.GetAsync("998", "900001")).ShouldBeNull();
    }

    [Fact]
    public async Task A_school_of_an_unknown_authority_is_refused() =>
        await Should.ThrowAsync<PostgresException>(() => _store.Schools.PutAsync(new SchoolRecord { Authority = "998", Urn = "900001", Name = "Elsewhere" }));

    [Fact]
    public async Task Calendars_are_known_as_they_were_at_any_version()
    {
        (await PublishAsync("2026-27", """{"v": 1}""")).ShouldBe(1);
        (await PublishAsync("2027-28", """{"v": 2}""")).ShouldBe(2);
        (await PublishAsync("2026-27", """{"v": 3}""")).ShouldBe(3);
        (await PublishAsync("2026-27", """{ "v":3 }""")).ShouldBe(3, "the same body again is no new version");

        (await VersionsAsync(null)).ShouldBe([("2026-27", 3), ("2027-28", 2)]);
        (await VersionsAsync(2)).ShouldBe([("2026-27", 1), ("2027-28", 2)]);
        (await VersionsAsync(1)).ShouldBe([("2026-27", 1)]);
    }

    [Fact]
    public async Task Calendars_published_at_once_get_a_version_each()
    {
        var versions = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => PublishAsync("2026-27", $"{{\"v\": {i}}}")));

        versions.Order().ShouldBe(Enumerable.Range(1, 12));
    }

    [Fact]
    public async Task A_published_calendar_is_never_changed()
    {
        await PublishAsync("2026-27", "{}");

        (await Should.ThrowAsync<PostgresException>(() => _store.ExecuteAsync("update cme.school_calendar set body = '[]'"))).MessageText.ShouldContain("append-only");
    }

    [Fact]
    public async Task A_roll_gives_every_child_an_id_and_keeps_it()
    {
        var first = await ChangeAsync("900001", true, [Pupil("p1", "A123"), Pupil("p2", null)]);
        var again = await ChangeAsync("900001", true, [Pupil("p2", null) with { YearGroup = "6" }, Pupil("p1", "A123")]);

        first.Pupils.ShouldAllBe(one => one.Changed && one.ChildId.Length == 12);
        again.Pupils.Select(one => (one.SchoolPupilId, one.ChildId, one.Changed))
            .ShouldBe([("p2", first.Pupils[1].ChildId, true), ("p1", first.Pupils[0].ChildId, false)]);
        var pupils = await _store.Schools.PupilsAsync(Authority, "900001", null, 10);
        pupils.Select(one => (one.SchoolPupilId, one.YearGroup, one.Version)).ShouldBe([("p1", "5", 1), ("p2", "6", 2)]);
        (await _store.Schools.PupilsAsync(Authority, "900001", "p1", 10)).Select(one => one.SchoolPupilId).ShouldBe(["p2"]);
    }

    [Fact]
    public async Task A_pupil_is_read_as_it_was_stored()
    {
        var pupil = Pupil("p1", "A123") with
        {
            FormerUpns = ["T9"],
            LeavingDate = new DateOnly(2026, 12, 18),
            Ground = "a",
            Destination = "another school",
            FirstLanguage = "ROM",
            Flags = ["child-in-need"],
            Particulars = """{"address": {"postcode": "NN1 1AA"}}""",
        };
        var stored = await ChangeAsync("900001", true, [pupil]);

        var read = (await _store.Schools.PupilsOfChildAsync(Authority, stored.Pupils[0].ChildId)).ShouldHaveSingleItem();

        read.Urn.ShouldBe("900001");
        (read.Pupil with { FormerUpns = pupil.FormerUpns, Flags = pupil.Flags })
            .ShouldBe(pupil with { ChildId = stored.Pupils[0].ChildId, OnList = true, Version = 1 });
        read.Pupil.FormerUpns.ShouldBe(["T9"]);
        read.Pupil.Flags.ShouldBe(["child-in-need"]);
    }

    [Fact]
    public async Task Who_is_missing_from_a_full_list_is_not_on_the_list_and_nobody_is_deleted()
    {
        await ChangeAsync("900001", true, [Pupil("p1"), Pupil("p2"), Pupil("p3")]);

        (await ChangeAsync("900001", false, [Pupil("p1")])).NotOnList.ShouldBeEmpty();
        (await ChangeAsync("900001", true, [Pupil("p1")], "p1", "p2")).NotOnList.ShouldBe(["p3"], "p2's item was bad, but it was there");
        (await ChangeAsync("900001", true, [Pupil("p1")])).NotOnList.ShouldBe(["p2"]);
        (await ChangeAsync("900001", true, [Pupil("p1")])).NotOnList.ShouldBeEmpty("they were gone already");

        (await _store.Schools.ReadRollAsync(Authority, "900001")).ToDictionary(one => one.SchoolPupilId, one => one.OnList)
            .ShouldBe(new Dictionary<string, bool> { ["p1"] = true, ["p2"] = false, ["p3"] = false }, ignoreOrder: true);
        (await ChangeAsync("900001", false, [Pupil("p2")])).Pupils[0].Changed.ShouldBeTrue("back on the list");
    }

    [Fact]
    public async Task The_same_UPN_in_another_school_is_the_same_child()
    {
        await _store.PutSchoolAsync("900002");
        var here = await RollAsync("900001", Pupil("p1", "A123"));
        var there = await RollAsync("900002", Pupil("q7", "A123") with { Surname = "Married-Name" });

        there.ChildId.ShouldBe(here.ChildId);
        there.Conflict.ShouldBeFalse();
    }

    [Fact]
    public async Task The_same_UPN_with_another_name_and_birth_date_is_a_conflict_for_a_person()
    {
        await _store.PutSchoolAsync("900002");
        var here = await RollAsync("900001", Pupil("p1", "A123"));
        var other = Pupil("q7", "A123") with { Forename = "Zoe", DateOfBirth = new DateOnly(2012, 2, 2) };
        var there = await RollAsync("900002", other);
        var again = await RollAsync("900002", other);

        there.Conflict.ShouldBeTrue();
        there.ChildId.ShouldNotBe(here.ChildId);
        again.ShouldBe(there with { Changed = false });
        (await _store.ScalarAsync<string>("select upn || urn || school_pupil_id from cme.child_conflict")).ShouldBe("A123900002q7");
    }

    [Fact]
    public async Task A_former_UPN_leads_to_the_same_child_where_name_or_birth_date_agree()
    {
        await _store.PutSchoolAsync("900002");
        var here = await RollAsync("900001", Pupil("p1", "A123"));

        (await RollAsync("900002", Pupil("q1", "B456") with { FormerUpns = ["A123"] })).ChildId.ShouldBe(here.ChildId);
        (await RollAsync("900002", Pupil("q2", "B457") with { FormerUpns = ["A123"], Forename = "Zoe", DateOfBirth = new DateOnly(2012, 2, 2) }))
            .ChildId.ShouldNotBe(here.ChildId);
    }

    [Fact]
    public async Task A_changed_UPN_keeps_the_child_and_so_does_a_temporary_one_that_the_real_one_replaces()
    {
        var first = await RollAsync("900001", Pupil("p1", "K92820002400A"));
        var real = await RollAsync("900001", Pupil("p1", "H801200001001") with { FormerUpns = ["K92820002400A"] });
        await _store.PutSchoolAsync("900002");

        real.ChildId.ShouldBe(first.ChildId);
        (await RollAsync("900002", Pupil("q1", "H801200001001"))).ChildId.ShouldBe(first.ChildId);
    }

    [Fact]
    public async Task A_temporary_UPN_by_itself_makes_nobody_the_same_child()
    {
        await _store.PutSchoolAsync("900002");
        var here = await RollAsync("900001", Pupil("p1", "K92820002400A"));
        var there = await RollAsync("900002", Pupil("q1", "K92820002400A") with { Forename = "Zoe", DateOfBirth = new DateOnly(2012, 2, 2) });

        (there.ChildId == here.ChildId, there.Conflict).ShouldBe((false, true));
    }

    [Fact]
    public async Task One_UPN_twice_in_a_list_is_never_one_child_twice()
    {
        var stored = await ChangeAsync("900001", true, [Pupil("p1", "A123"), Pupil("p2", "A123") with { Forename = "Twin" }]);

        stored.Pupils[0].ChildId.ShouldNotBe(stored.Pupils[1].ChildId);
        stored.Pupils.Select(one => one.Conflict).ShouldBe([false, true]);
    }

    [Fact]
    public async Task Two_schools_that_import_one_child_at_once_get_one_child()
    {
        var schools = Enumerable.Range(0, 10).Select(i => $"9000{i:00}").ToList();
        foreach (var urn in schools)
        {
            await _store.PutSchoolAsync(urn);
        }

        var children = await Task.WhenAll(schools.Select(urn => RollAsync(urn, Pupil("p1", "A123"))));

        children.Select(one => one.ChildId).Distinct().Count().ShouldBe(1);
        (await _store.ScalarAsync<long>("select count(*) from cme.child")).ShouldBe(1);
    }

    private static PupilRecord Pupil(string id, string? upn = null) => new()
    {
        SchoolPupilId = id,
        Upn = upn,
        Forename = "Amina",
        Surname = "Yusuf",
        DateOfBirth = new DateOnly(2016, 5, 4),
        Sex = "F",
        YearGroup = "5",
        EntryDate = new DateOnly(2021, 9, 1),
    };

    private Task<RollStored> ChangeAsync(string urn, bool full, IReadOnlyList<PupilRecord> pupils, params IReadOnlyCollection<string> listed) =>
        _store.Schools.ChangeRollAsync(Authority, urn, full, pupils, listed);

    private async Task<PupilStored> RollAsync(string urn, PupilRecord pupil) =>
        (await ChangeAsync(urn, false, [pupil])).Pupils[0];

    private Task<int> PublishAsync(string year, string body) => _store.Schools.PublishCalendarAsync(Authority, "900001", year, body, Published);

    private async Task<IEnumerable<(string, int)>> VersionsAsync(int? version) =>
        (await _store.Schools.CalendarsAsync(Authority, "900001", version)).Select(one => (one.SchoolYear, one.Version));
}
