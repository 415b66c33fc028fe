using Cme.Web.Security;

namespace Cme.Web.Tests.Security;

public sealed class ScopeSpecs
{
    private static Viewer Person(string role, string? school = null) => new(ViewerKind.Person, "999", school, role, [], "Someone", "someone");

    private static Viewer Key(string? school = null) =>
        new(ViewerKind.Key, "999", school, "", [.. school is null ? Scopes.OfAuthorityKey : Scopes.OfSchoolKey], "MIS", "key-1");

    [Fact]
    public void A_school_sees_its_own_and_nobody_elses()
    {
        Scope.MayReadSchool(Key("900001"), "900001").ShouldBeTrue();
        Scope.MayReadSchool(Key("900001"), "900002").ShouldBeFalse();
        Scope.MayReadEpisode(Person(Roles.Dsl, "900001"), "999", "900002").ShouldBeFalse();
        Scope.MayReadEpisode(Person(Roles.Dsl, "900001"), "998", "900001").ShouldBeFalse();
    }

    [Fact]
    public void An_auditor_reads_everything_and_writes_nothing()
    {
        var auditor = Person(Roles.Auditor);

        Scope.MayReadEpisode(auditor, "999", "900001").ShouldBeTrue();
        Scope.MayWriteEpisode(auditor, "999", "900001").ShouldBeFalse();
        Scope.MayWriteSchool(auditor, "900001").ShouldBeFalse();
    }

    [Theory]
    [InlineData(Roles.AttendanceOfficer, "900001", "school:900001", true)]
    [InlineData(Roles.AttendanceOfficer, "900001", "school:900002", false)]
    [InlineData(Roles.Head, "900001", "desk", false)]
    [InlineData(Roles.DutyDesk, null, "desk", true)]
    [InlineData(Roles.DutyDesk, null, "school:900002", true)]
    [InlineData(Roles.DutyDesk, null, "lead", false)]
    [InlineData(Roles.TrackingOfficer, null, "lead", false)]
    [InlineData(Roles.CmeLead, null, "lead", true)]
    [InlineData(Roles.Auditor, null, "lead", true)]
    public void Who_may_watch_which_board(string role, string? school, string board, bool may) =>
        Scope.MayWatch(Person(role, school), Board.Parse(board)!).ShouldBe(may);

    [Theory]
    [InlineData("")]
    [InlineData("school:")]
    [InlineData("Desk")]
    [InlineData(null)]
    public void There_is_no_board_of_another_name(string? name) => Board.Parse(name).ShouldBeNull();

    [Fact]
    public void A_viewer_survives_the_session_that_carries_it()
    {
        var viewer = Key("900001");
        var carried = Viewer.Of(viewer.ToPrincipal(Schemes.Key));

        carried.ShouldBe(viewer with { Scopes = carried.Scopes });
        carried.Scopes.ShouldBe(viewer.Scopes, ignoreOrder: true);
    }

    [Fact]
    public void Nobody_reads_a_flag_of_the_fourth_layer_on_a_list() =>
        Masks.Flags(["cp_plan", "police_sensitive", "refuge_placement"], layers: 3).ShouldBe(["cp_plan"]);
}
