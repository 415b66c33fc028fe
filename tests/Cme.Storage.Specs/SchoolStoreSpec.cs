using Cme.Storage.Schools;

namespace Cme.Storage.Specs;

/// <summary>Schools, calendars by version, and which child a pupil is.</summary>
public abstract class SchoolStoreSpec : StoreSpec
{
    [Fact]
    public async Task A_record_keeps_its_version_until_something_is_new()
    {
        (await Store.Schools.PutAuthorityAsync(new AuthorityRecord(Authority, "Nene Valley Council"))).ShouldBe(1);
        (await Store.Schools.PutAuthorityAsync(new AuthorityRecord(Authority, "Nene Valley Council", """{"closures": []}"""))).ShouldBe(2);
        var school = new SchoolRecord { Authority = Authority, Urn = School, Name = "Meadow Park School", Pack = "suffolk" };
        (await Store.Schools.PutAsync(school)).ShouldBe(2);
        (await Store.Schools.PutAsync(school)).ShouldBe(2);
        (await Store.Schools.GetAsync(Authority, School)).ShouldBe(school with { Version = 2 });
        (await Store.Schools.GetAsync("998", School)).ShouldBeNull();
        (await Store.Schools.ListAsync(Authority)).Select(one => one.Urn).ShouldBe([School, OtherSchool]);
        await Should.ThrowAsync<Exception>(() => Store.Schools.PutAsync(new SchoolRecord { Authority = "998", Urn = School, Name = "Elsewhere" }));
    }

    [Fact]
    public async Task An_authority_keeps_the_procedure_that_it_chose_whatever_else_of_it_changes()
    {
        await Store.Schools.ChoosePackAsync(Authority, "pan-dorset");
        await Store.Schools.PutAuthorityAsync(new AuthorityRecord(Authority, "Another Name"));

        var held = (await Store.Schools.GetAuthorityAsync(Authority))!;
        (held.Pack, held.Name).ShouldBe(("pan-dorset", "Another Name"));
        (await Store.Schools.AuthoritiesAsync()).Single(one => one.Code == Authority).Version.ShouldBe(held.Version);
    }

    [Fact]
    public async Task Every_version_of_a_leave_is_kept_and_stands_as_it_did_at_any_instant()
    {
        var at = new DateTimeOffset(2026, 9, 8, 9, 0, 0, TimeSpan.Zero);
        var leave = new LeaveRecord
        {
            Id = "leave-b", Version = 1, SchoolPupilId = "P1", From = Tuesday, ExpectedReturn = Tuesday.AddDays(3), Reason = "Funeral", AuthorisedBy = "Head",
            RecordedAt = at, RecordedBy = "key-1",
        };
        var changed = leave with { Version = 2, ExpectedReturn = Tuesday.AddDays(5), Cancelled = true, RecordedAt = at.AddHours(1), RecordedBy = "key-2" };
        var other = leave with { Id = "leave-a", SchoolPupilId = "P2", From = Tuesday.AddDays(1), RecordedAt = at.AddHours(2) };
        (await Store.Schools.PutLeaveAsync(Authority, School, leave)).ShouldBeTrue();
        (await Store.Schools.PutLeaveAsync(Authority, School, changed)).ShouldBeTrue();
        (await Store.Schools.PutLeaveAsync(Authority, School, changed with { Cancelled = false })).ShouldBeFalse();
        (await Store.Schools.PutLeaveAsync(Authority, School, other)).ShouldBeTrue();
        await Should.ThrowAsync<Exception>(() => Store.Schools.PutLeaveAsync("998", School, leave));

        var versions = await Store.Schools.LeavesAsync(Authority, School);
        versions.ShouldBe([other, leave, changed]);
        LeaveRecord.AsOf(versions, null).ShouldBe([changed, other]);
        LeaveRecord.AsOf(versions, at).ShouldBe([leave]);
        (await Store.Schools.LeavesAsync(Authority, School, "leave-b")).ShouldBe([leave, changed]);
        (await Store.Schools.LeavesAsync(Authority, OtherSchool)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Calendars_are_known_as_they_were_at_any_version()
    {
        (await PublishAsync("2026-27", """{"v": 1}""")).ShouldBe(1);
        (await PublishAsync("2027-28", """{"v": 2}""")).ShouldBe(2);
        (await PublishAsync("2026-27", """{"v": 3}""")).ShouldBe(3);
        (await PublishAsync("2026-27", """{ "v":3 }""")).ShouldBe(3, "the same body again is no new version");
        (await PublishAsync("2026-27", """{"v": 1}""")).ShouldBe(4, "an older body again is one");

        (await VersionsAsync(null)).ShouldBe(["2026-27 4", "2027-28 2"]);
        (await VersionsAsync(2)).ShouldBe(["2026-27 1", "2027-28 2"]);
        (await VersionsAsync(1)).ShouldBe(["2026-27 1"]);
    }

    [Fact]
    public async Task A_roll_gives_every_child_an_id_and_keeps_it()
    {
        var first = await ChangeAsync(School, true, [Pupil("p1", "A123"), Pupil("p2", null)]);
        var again = await ChangeAsync(School, true, [Pupil("p2", null) with { YearGroup = "6" }, Pupil("p1", "A123")]);

        first.Pupils.ShouldAllBe(one => one.Changed);
        again.Pupils.Select(one => (one.SchoolPupilId, one.ChildId, one.Changed))
            .ShouldBe([("p2", first.Pupils[1].ChildId, true), ("p1", first.Pupils[0].ChildId, false)]);
        (await Store.Schools.PupilsAsync(Authority, School, null, 10)).Select(one => (one.SchoolPupilId, one.YearGroup, one.Version))
            .ShouldBe([("p1", "5", 1), ("p2", "6", 2)]);
        (await Store.Schools.PupilsAsync(Authority, School, "p1", 10)).Select(one => one.SchoolPupilId).ShouldBe(["p2"]);
        (await Store.Schools.PupilsOfChildAsync(Authority, first.Pupils[0].ChildId)).ShouldHaveSingleItem().Urn.ShouldBe(School);
    }

    [Fact]
    public async Task Where_else_a_child_is_on_a_list_on_a_day_is_told_of_schools_and_providers_and_not_of_the_authority()
    {
        var child = (await ChangeAsync(School, true, [Pupil("p1", "A123")])).Pupils[0].ChildId;
        await ChangeAsync(OtherSchool, true, [Pupil("x1", "A123") with { YearGroup = "6", EntryDate = Tuesday, LeavingDate = Tuesday.AddDays(2) }]);
        await ChangeAsync(Authority, false, [Pupil("r1", "A123")]);

        (await Store.Schools.OtherPlacesAsync(Authority, School, child, Tuesday)).Select(one => (one.Urn, one.YearGroup)).ShouldBe([(OtherSchool, "6")]);
        (await Store.Schools.OtherPlacesAsync(Authority, School, child, Tuesday.AddDays(2))).ShouldHaveSingleItem("the last day on roll is one");
        (await Store.Schools.OtherPlacesAsync(Authority, School, child, Tuesday.AddDays(3))).ShouldBeEmpty();
        (await Store.Schools.OtherPlacesAsync(Authority, School, child, Tuesday.AddDays(-1))).ShouldBeEmpty();
        (await Store.Schools.OtherPlacesAsync(Authority, OtherSchool, child, Tuesday)).ShouldHaveSingleItem().Urn.ShouldBe(School);
        await ChangeAsync(OtherSchool, true, []);
        (await Store.Schools.OtherPlacesAsync(Authority, School, child, Tuesday)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_is_missing_from_a_full_list_is_not_on_the_list_and_nobody_is_deleted()
    {
        await ChangeAsync(School, true, [Pupil("p1"), Pupil("p2"), Pupil("p3")]);

        (await ChangeAsync(School, false, [Pupil("p1")])).NotOnList.ShouldBeEmpty();
        (await ChangeAsync(School, true, [Pupil("p1")], "p1", "p2")).NotOnList.ShouldBe(["p3"], "p2's item was bad, but it was there");
        (await ChangeAsync(School, true, [Pupil("p1")])).NotOnList.ShouldBe(["p2"]);
        (await ChangeAsync(School, true, [Pupil("p1")])).NotOnList.ShouldBeEmpty("they were gone already");

        (await Store.Schools.ReadRollAsync(Authority, School)).Select(one => $"{one.SchoolPupilId} {one.OnList}").Order()
            .ShouldBe(["p1 True", "p2 False", "p3 False"]);
        (await ChangeAsync(School, false, [Pupil("p2")])).Pupils[0].Changed.ShouldBeTrue("back on the list");
    }

    [Fact]
    public async Task The_same_UPN_is_the_same_child_unless_name_and_birth_date_both_differ()
    {
        var here = (await ChangeAsync(School, false, [Pupil("p1", "A123")])).Pupils[0];
        var married = (await ChangeAsync(OtherSchool, false, [Pupil("q1", "A123") with { Surname = "Married-Name" }])).Pupils[0];
        var former = (await ChangeAsync(OtherSchool, false, [Pupil("q2", "B456") with { FormerUpns = ["A123"] }])).Pupils[0];
        var other = (await ChangeAsync(OtherSchool, false, [Pupil("q3", "A123") with { Forename = "Zoe", DateOfBirth = new(2012, 2, 2) }])).Pupils[0];

        (married.ChildId, married.Conflict).ShouldBe((here.ChildId, false));
        (former.ChildId, former.Conflict).ShouldBe((here.ChildId, false));
        other.ChildId.ShouldNotBe(here.ChildId);
        other.Conflict.ShouldBeTrue();
    }

    [Fact]
    public async Task One_UPN_twice_in_a_list_is_never_one_child_twice()
    {
        var stored = await ChangeAsync(School, true, [Pupil("p1", "A123"), Pupil("p2", "A123") with { Forename = "Twin" }]);

        stored.Pupils[0].ChildId.ShouldNotBe(stored.Pupils[1].ChildId);
        stored.Pupils.Select(one => one.Conflict).ShouldBe([false, true]);
    }

    private static PupilRecord Pupil(string id, string? upn = null) => new()
    {
        SchoolPupilId = id, Upn = upn, Forename = "Amina", Surname = "Yusuf", DateOfBirth = new(2016, 5, 4), Sex = "F", YearGroup = "5", EntryDate = new(2021, 9, 1),
    };

    private Task<RollStored> ChangeAsync(string urn, bool full, IReadOnlyList<PupilRecord> pupils, params IReadOnlyCollection<string> listed) =>
        Store.Schools.ChangeRollAsync(Authority, urn, full, pupils, listed);

    private Task<int> PublishAsync(string year, string body) => Store.Schools.PublishCalendarAsync(Authority, School, year, body, Morning);

    private async Task<IEnumerable<string>> VersionsAsync(int? version) =>
        (await Store.Schools.CalendarsAsync(Authority, School, version)).Select(one => $"{one.SchoolYear} {one.Version}");
}
