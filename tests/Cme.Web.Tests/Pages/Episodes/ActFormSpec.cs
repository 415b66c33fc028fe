using Cme.Contracts;
using Cme.Contracts.Episodes;
using Cme.Domain.Episodes;
using Cme.TestSupport.Clock;
using Cme.Web.Pages.Episodes.Record;
using Cme.Web.Security;
using Microsoft.AspNetCore.DataProtection;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Web.Tests.Pages.Episodes;

/// <summary>The forms by themselves: one for every action, what they lead to in words, and the paper by which a slip is undone.</summary>
public sealed class ActFormSpec
{
    private static readonly DateTimeOffset Now = At("Tue 8 Sep 2026 09:40");

    private static readonly Viewer Dsl = new(ViewerKind.Person, "999", "900001", Roles.Dsl, [], "Priya Patel", "dsl-900001");

    [Fact]
    public void Every_action_of_the_published_contract_has_a_form_with_all_of_its_outcomes()
    {
        ActForms.All.Select(form => form.Action).Order(StringComparer.Ordinal).ShouldBe(ActionCatalogue.All.Select(pair => pair.Action));
        foreach (var (action, outcomes) in ActionCatalogue.All)
        {
            ActForms.For(action)!.Groups.SelectMany(group => group.Choices).Select(choice => choice.Id).Order(StringComparer.Ordinal)
                .ShouldBe(outcomes.Order(StringComparer.Ordinal), action);
        }
    }

    [Theory]
    [InlineData("risk-assessment")]
    [InlineData("vulnerability-assessment")]
    [InlineData("question-set")]
    [InlineData("consult-dsl")]
    [InlineData("refer-police")]
    [InlineData("refer-csc")]
    [InlineData("hold-referral")]
    public void What_is_told_of_a_childs_safety_is_written_for_those_who_answer_for_it(string action) =>
        Filled(new() { Note = "x" }, action).Layer.ShouldBe(3);

    [Fact]
    public void A_notes_readers_are_for_its_writer_to_say()
    {
        Filled(new() { Note = "x", Readers = 2 }, "note").Layer.ShouldBe(2);
        Filled(new() { Note = "x", Readers = 3 }, "note").Layer.ShouldBe(3);
        Filled(new() { Note = "x", Readers = 3 }, "call").Layer.ShouldBe(2, "Nobody was asked.");
    }

    [Fact]
    public void What_a_form_does_not_ask_is_not_sent()
    {
        var sent = Filled(new() { Outcome = "seen-safe", Channel = "post", Contact = "C1", Languages = "Polish" }, "notify");

        (sent.Outcome, sent.Channel, sent.ContactId, sent.Languages.Length).ShouldBe((null, null, null, 0));
    }

    [Fact]
    public void What_is_missing_is_said_beside_its_field()
    {
        Faults(new(), "letter").ShouldBe(["Outcome", "Channel", "When"]);
        Faults(new() { When = WhenDone.Of(Now), By = "other" }, "note").ShouldBe(["ByName", "ByRole", "Note"]);
        Faults(new() { When = WhenDone.Of(Now) }, "correct").ShouldBe(["Corrects"]);
        Faults(new() { When = WhenDone.Of(Now.AddMinutes(1)) }, "enquiry").ShouldBe(["When"]);
    }

    [Fact]
    public void Consequences_tell_what_begins_what_moves_and_what_is_done()
    {
        var told = Consequences.Of(new ActionPreview
        {
            Before = [Owed("a", "Call home", 10), Owed("b", "Visit the home", 60)],
            After = [Owed("b", "Visit the home", 90), Owed("c", "Assess the risk", 120)],
        }, Now);

        told.Lines.ShouldBe(
        [
            "By 11:40am, the DSL: Assess the risk.", "Visit the home: by 11:10am instead of by 10:40am.", "Done, or no longer needed: Call home.",
        ]);
    }

    [Fact]
    public void Consequences_of_closing_name_the_nearest_steps_and_count_the_rest()
    {
        var told = Consequences.Of(new ActionPreview
        {
            Closure = ClosureReasons.ExplainedAbsence, Before = [.. Enumerable.Range(1, 6).Select(number => Owed($"{number}", $"Step {number}", number))],
        }, Now);

        told.Lines[0].ShouldBe("The episode closes: Reason established, child seen or confirmed safe.");
        told.Lines[1].ShouldBe("No longer needed: Step 1, which was due by 9:41am.");
        told.Lines[^1].ShouldBe("No longer needed either: 2 later steps.");
    }

    [Fact]
    public void Consequences_that_were_read_are_told_from_others_and_not_by_the_clock()
    {
        var asked = new ActionPreview { After = [Owed("c", "Assess the risk", 120)] };

        Consequences.Of(asked, Now).Fingerprint.ShouldBe(Consequences.Of(asked, Now.AddMinutes(3)).Fingerprint);
        Consequences.Of(asked, Now).Fingerprint.ShouldNotBe(Consequences.Of(asked with { Closure = "over-age" }, Now).Fingerprint);
        Consequences.Of(asked, Now).Fingerprint.ShouldNotBe(Consequences.Of(asked with { Before = [Owed("a", "Call home", 1)] }, Now).Fingerprint);
    }

    [Fact]
    public void An_act_is_undone_by_whoever_recorded_it_for_ten_seconds_and_the_way_there_and_back()
    {
        var clock = new ManualClock(Now);
        var undo = new UndoOffers(new EphemeralDataProtectionProvider(), clock);
        var offer = undo.Make(Dsl, "episode-1", 7);

        undo.Open(Dsl, "episode-1", offer).ShouldBe(7);
        undo.Open(Dsl with { Id = "head-900001" }, "episode-1", offer).ShouldBeNull();
        undo.Open(Dsl, "episode-2", offer).ShouldBeNull();
        undo.Open(Dsl, "episode-1", offer + "x").ShouldBeNull();
        undo.Open(Dsl, "episode-1", null).ShouldBeNull();
        clock.MoveTo(Now + UndoOffers.Taken);
        undo.Open(Dsl, "episode-1", offer).ShouldBe(7);
        clock.MoveTo(Now + UndoOffers.Taken + TimeSpan.FromMilliseconds(1));
        undo.Open(Dsl, "episode-1", offer).ShouldBeNull();
    }

    private static RecordAction Filled(ActFields fields, string action) => fields.ToWire(ActForms.For(action)!, Dsl, Now);

    private static string[] Faults(ActFields fields, string action) =>
        [.. ActCheck.Faults(ActForms.For(action)!, fields, Roles.OfSchool, Now).Select(fault => fault.Field)];

    private static ObligationView Owed(string id, string what, int minutes) =>
        new() { Id = id, What = what, Role = Roles.Dsl, State = "due", DueAt = Now.AddMinutes(minutes), ActBy = Now.AddMinutes(minutes) };
}
