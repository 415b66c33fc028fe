using Cme.Domain.Concerns;
using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Web.Pages.Wording;

namespace Cme.Web.Pages.Concerns;

/// <summary>What the ids of concerns are called on a page.</summary>
public static class ConcernWords
{
    public static string Worry(string worry) => worry switch
    {
        "missing-education" => "A child who is not getting an education", "missing-from-area" => "A child who may have gone missing from the area",
        _ => "Something else, or not sure",
    };

    public static string Channel(string channel) => channel switch
    {
        "form" => "by the form", "interface" => "from a partner’s system", "phone" => "by telephone", _ => "by email",
    };

    public static string Danger(string danger) => danger switch { "yes" => "Yes", "no" => "No", _ => "They don’t know" };

    /// <summary>Where it stands, and the colour of its tag.</summary>
    public static (string Words, string Colour) Stage(ConcernStage stage) => stage switch
    {
        ConcernStage.Received => ("New", "govuk-tag--red"), ConcernStage.Screened => ("Screened", "govuk-tag--orange"), ConcernStage.Matched => ("Child known", "govuk-tag--blue"),
        ConcernStage.NotKnown => ("Not known to us", "govuk-tag--yellow"), ConcernStage.Checked => ("Checks done", "govuk-tag--light-blue"),
        ConcernStage.FamilyContacted => ("Family contacted", "govuk-tag--purple"), _ => ("Closed", "govuk-tag--grey"),
    };

    /// <summary>What was done, in a few words.</summary>
    public static string Done(ConcernDeed deed) => (deed.Action, deed.Outcome) switch
    {
        (ConcernActs.Match, "child") => "Said which child it is",
        (ConcernActs.Match, _) => "Looked, and found nobody here who it could be",
        (ConcernActs.Check, _) => $"Checked with {Parties.Words(deed.Whom!)}",
        (ConcernActs.Share, _) => $"Shared what is known with {Parties.Words(deed.Whom!)}",
        (ConcernActs.ContactFamily, _) => $"Contacted the family ({Way(deed.Way!).ToLowerInvariant()}): {Outcome(deed.Action, deed.Outcome!).ToLowerInvariant()}",
        (ConcernActs.TakeOn, _) => "Took it on",
        (ConcernActs.Release, _) => "Gave it up",
        (ConcernActs.GiveTo, _) => $"Gave it to {deed.OfficerName}",
        (var action, { } outcome) => $"{ConcernForms.Of(action)?.Done ?? Labels.Words(action)}: {Outcome(action, outcome).ToLowerInvariant()}",
        (var action, _) => ConcernForms.Of(action)?.Done ?? Labels.Words(action),
    };

    public static string Way(string way) => way switch { "call" => "Telephone call", "message" => "Message", "letter" => "Letter", _ => "Visit" };

    public static string Outcome(string action, string outcome) =>
        ConcernForms.Of(action)?.Choices.FirstOrDefault(choice => choice.Value == outcome).Words ?? Labels.Words(outcome);

    /// <summary>How a step stands, and the colour of its tag.</summary>
    public static (string Words, string Colour) State(ConcernDuty duty) => duty.State switch
    {
        ObligationState.Overdue => ("Overdue", "govuk-tag--red"), ObligationState.Due => ("To do", "govuk-tag--blue"), ObligationState.Satisfied => ("Done", "govuk-tag--green"),
        ObligationState.Suppressed => ("Stopped", "govuk-tag--grey"), _ => ("Not needed", "govuk-tag--grey"),
    };
}
