using System.Collections.Immutable;
using Cme.Domain.Calendars;
using Cme.Domain.Registers;
using Cme.Storage.Registers;
using Cme.TestSupport.Terms;
using Cme.Web.Pages.Boards;
using Cme.Web.Security;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Web.Tests.Pages;

/// <summary>What a board says of the registers behind it. Registration closes at 09:20 and at 13:15.</summary>
public sealed class RegistersViewSpec
{
    private const string Day = "Tue 8 Sep 2026";

    [Fact]
    public void A_school_s_board_says_how_each_of_today_s_registers_stands()
    {
        var now = At($"{Day} 13:50");
        Lines(BoardKind.School, now, School("Nene Primary", now, Received(Am(Day), $"{Day} 09:00"))).ShouldBe(
        [
            "Received: This morning: received at 9:00am", "Missing: This afternoon: nothing has come, and registration closed at 1:15pm",
        ]);
        Lines(BoardKind.School, now, School("Nene Primary", now, Received(Am(Day), $"{Day} 10:00"), Received(Pm(Day), $"{Day} 13:00") with { Complete = false }))
            .Select(line => line.Split(':')[0]).ShouldBe(["Late", "Incomplete"]);
    }

    [Fact]
    public void A_register_that_looks_wrong_is_one_line_on_the_school_s_board_and_on_the_desk()
    {
        var now = At($"{Day} 09:30");
        var school = School("Nene Primary", now, Received(Am(Day), $"{Day} 09:25") with { Doubt = new(At($"{Day} 09:25"), At($"{Day} 09:40")) });

        Lines(BoardKind.School, now, school)[0].ShouldStartWith("Looks wrong: This morning: many pupils are newly missing");
        Lines(BoardKind.School, now, school)[0].ShouldContain("before 9:40am");
        Lines(BoardKind.Desk, now, school).ShouldHaveSingleItem().ShouldStartWith("Looks wrong");
    }

    [Fact]
    public void The_desk_counts_silent_schools_and_lists_each_register_that_has_not_come()
    {
        var now = At($"{Day} 14:00");
        var view = RegistersView.Of(BoardKind.Desk,
            [School("Avon Primary", now, Received(Am(Day), $"{Day} 09:00")), School("Nene Primary", now), School("Trent Primary", now, Received(Am(Day), $"{Day} 09:00"), Received(Pm(Day), $"{Day} 13:00"))], now)!;

        (view.Silent, view.Schools).ShouldBe((2, 3));
        view.Missing.Select(line => $"{line.School} {line.Session}")
            .ShouldBe(["Nene Primary This morning", "Avon Primary This afternoon", "Nene Primary This afternoon"]);
        view.Lines.ShouldBeEmpty();
    }

    [Fact]
    public void The_desk_counts_for_every_school_what_was_expected_what_came_and_what_was_late_or_missing()
    {
        var now = At($"{Day} 13:30");
        var view = RegistersView.Of(BoardKind.Desk,
        [
            School("Avon Primary", now, Received(Am(Day), $"{Day} 09:00"), Received(Pm(Day), $"{Day} 13:05")),
            School("Nene Primary", now, Received(Am(Day), $"{Day} 09:31")),
            School("Trent Primary", now),
        ], now)!;

        view.Health.Select(school => (school.School, school.Expected, school.Received, school.Late, school.Missing))
            .ShouldBe([("Trent Primary", 2, 0, 1, 1), ("Nene Primary", 2, 1, 2, 0), ("Avon Primary", 2, 2, 0, 0)]);
        view.Late.ShouldBe(2);
        view.HealthOf.ShouldBe(On(Day));
        view.Health.Select(school => school.IsWhole).ShouldBe([false, false, true]);
    }

    [Fact]
    public void A_register_is_expected_from_when_its_registration_has_closed_or_it_has_come()
    {
        var now = At($"{Day} 10:00");
        var health = RegistersView.Of(BoardKind.Desk,
            [School("Avon Primary", now, Received(Am(Day), $"{Day} 09:00")), School("Nene Primary", now, Received(Am(Day), $"{Day} 09:00"), Received(Pm(Day), $"{Day} 09:05"))], now)!.Health;

        health.Select(school => (school.School, school.Expected, school.Received)).ShouldBe([("Avon Primary", 1, 1), ("Nene Primary", 2, 2)]);
    }

    [Fact]
    public void Ten_minutes_after_registration_closes_a_register_is_not_late_and_then_it_is_until_it_is_missing()
    {
        Late($"{Day} 09:30").ShouldBe(0);
        Late($"{Day} 09:31").ShouldBe(1);
        Late($"{Day} 09:50").ShouldBe(0, "it is missing by then");

        int Late(string at) => RegistersView.Of(BoardKind.Desk, [School("Nene Primary", At(at))], At(at))!.Late;
    }

    [Fact]
    public void Before_any_register_is_due_nothing_is_expected_of_any_school()
    {
        var now = At($"{Day} 08:00");
        RegistersView.Of(BoardKind.Desk, [School("Nene Primary", now)], now)!.Health.ShouldBeEmpty();
    }

    [Fact]
    public void The_lead_s_board_says_nothing_of_registers() => RegistersView.Of(BoardKind.Lead, [], At($"{Day} 14:00")).ShouldBeNull();

    private static ImmutableArray<string> Lines(BoardKind board, DateTimeOffset now, SchoolFeed school) =>
        [.. RegistersView.Of(board, [school], now)!.Lines.Select(line => $"{line.Tag}: {line.Session}: {line.Words}")];

    private static SchoolFeed School(string name, DateTimeOffset now, params ReceivedRegister[] received) =>
        new("900001", name, RegisterFeed.Of(Autumn2026.Calendar, On(Day), received, now));

    private static ReceivedRegister Received(SessionOf session, string at) => new(session, 1, At(at), At(at), Complete: true, Doubt: null);
}
