using Cme.Contracts.Boards;

namespace Cme.Web.Pages.Boards;

/// <summary>Why an episode is before the CME lead.</summary>
/// <param name="Id">As it stands in an address.</param>
/// <param name="Rank">0 is the most pressing.</param>
public sealed record LeadReason(string Id, int Rank, string Words);

/// <summary>The reasons by which the lead's board is ordered and counted.</summary>
public static class LeadReasons
{
    public static LeadReason Referral { get; } = new("referral", 0, "A referral has not been made");
    public static LeadReason Risk { get; } = new("risk", 1, "The risk has not been assessed");
    public static LeadReason Contact { get; } = new("contact", 2, "Nobody has been reached");
    public static LeadReason Confirmation { get; } = new("confirmation", 3, "Nobody has confirmed that the child was seen");
    public static LeadReason Other { get; } = new("other", 4, "Another step has not been done");

    public static IReadOnlyList<LeadReason> All { get; } = [Referral, Risk, Contact, Confirmation, Other];

    /// <summary>Why the row is there, by the step that is waited for first.</summary>
    public static LeadReason Of(BoardRow row) => row.NextObligation?.Step switch
    {
        "refer-police-or-social-care" => Referral,
        "risk-assessment" or "consult-dsl" or "ask-dsl-first" => Risk,
        "first-call" or "contact-parent" or "phone-home" or "advise-parent" or "parent-reports-back" => Contact,
        "confirm-seen" => Confirmation,
        _ => Other,
    };
}
