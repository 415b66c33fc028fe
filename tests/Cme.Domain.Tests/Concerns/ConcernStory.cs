using Cme.Domain.Calendars;
using Cme.Domain.Concerns;
using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Concerns;

/// <summary>A concern as it goes on, told like a story: received, and then one deed after another, each of which must be allowed.</summary>
internal sealed record ConcernStory(Concern Concern, ChildFacts Child)
{
    public const string Officer = "desk-1";

    /// <summary>Received on Tuesday 8 September 2026 at 10:00: the offices are open from 08:30 to 17:00.</summary>
    public static ConcernStory Received(string danger = "no", string at = "Tue 8 Sep 2026 10:00", string? knownAt = null) =>
        new(new(new(At(at), At(knownAt ?? at), "form", "missing-education", danger), []), default);

    /// <summary>The same, screened as nothing worse than a child without a school.</summary>
    public static ConcernStory Screened() => Received().Did("screen", "education", "Tue 8 Sep 2026 10:30");

    /// <summary>Checked, so that the family may be contacted.</summary>
    public static ConcernStory Checked(string conclusion = "may-contact") => Screened()
        .Did("check", null, "Tue 8 Sep 2026 14:00", whom: "admissions", note: "No school place.")
        .Did("conclude-checks", conclusion, "Tue 8 Sep 2026 15:00", note: "As recorded.");

    public ConcernStory Did(
        string action, string? outcome, string at, string? whom = null, string? note = null, string? way = null, string? child = null, string by = Officer)
    {
        WhyNot(action, outcome, at, whom, note, way, child, by).ShouldBeNull();
        return this with { Concern = Concern.After(Deed(action, outcome, at, whom, note, way, child, by)) };
    }

    /// <summary>Why it may not be done then; null if it may.</summary>
    public Refusal? WhyNot(
        string action, string? outcome, string at, string? whom = null, string? note = null, string? way = null, string? child = null, string by = Officer) =>
        ConcernRules.WhyNot(Concern, Deed(action, outcome, at, whom, note, way, child, by), Child, WorkingCalendar.Usual, At(at));

    public ConcernDuty Owed(string step, string at) => Duties(at).Where(duty => duty.Step.Id == step).ShouldHaveSingleItem();

    public bool Owes(string step, string at) => Duties(at).Any(duty => duty.Step.Id == step && duty.IsOpen);

    public IEnumerable<ConcernDuty> Duties(string at) => ConcernDuties.Of(Concern, Child, WorkingCalendar.Usual, At(at));

    private static ConcernDeed Deed(string action, string? outcome, string at, string? whom, string? note, string? way, string? child, string by) =>
        new(action, outcome, At(at), At(at), by, "Sandra Leverett") { Whom = whom, Note = note, Way = way, Child = child };
}
