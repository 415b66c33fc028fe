using System.Collections.Immutable;
using Cme.Domain.Concerns;

namespace Cme.Web.Pages.Concerns;

/// <summary>The form in which something that was done about a concern is recorded.</summary>
/// <param name="Action">One of <see cref="ConcernActs.All"/>.</param>
/// <param name="Title">The heading, and the words of the link to it.</param>
/// <param name="Done">What it is called once it is done.</param>
public sealed record ConcernForm(string Action, string Title, string Done)
{
    public string Question { get; init; } = "";
    public ImmutableArray<(string Value, string Words, string Hint)> Choices { get; init; } = [];
    public string WhomQuestion { get; init; } = "";
    public string NoteLabel { get; init; } = "Note (optional)";
    public string NoteHint { get; init; } = "";
    /// <summary>Asks how the family was contacted.</summary>
    public bool AsksWay { get; init; }
    public string Button { get; init; } = "Save";

    public ImmutableArray<string> Whom => ConcernActs.Find(Action)!.Whom;
}

/// <summary>Every such form. What may be recorded when, the rules say and not the forms.</summary>
public static class ConcernForms
{
    private const string CameOf = "What came of it";

    public static ImmutableArray<ConcernForm> All { get; } =
    [
        new(ConcernActs.Screen, "Say how great the risk is", "Screened")
        {
            Question = "How great is the risk?",
            Choices =
            [
                (ConcernActs.ImmediateDanger, "Immediate danger", "The police and social care are told now."), (ConcernActs.Safeguarding, "A safeguarding concern", "Social care is told now."),
                (ConcernActs.Education, "A child may be missing education", "No sign of harm in what was said."), (ConcernActs.OutOfScope, "Not for us", "It is about no child, or about nothing that we can look into. Say why."),
            ],
        },
        new(ConcernActs.Check, "Record a check", "Checked") { WhomQuestion = "What was checked?", NoteLabel = CameOf },
        new(ConcernActs.ConcludeChecks, "Say what the checks mean", "Checks complete")
        {
            Question = "May the family be contacted?",
            Choices =
            [
                (ConcernActs.MayContact, "Yes, the checks are complete and nothing speaks against it", ""),
                (ConcernActs.DoNotContact, "No, contact could put the child in danger", "Nobody contacts the family. You agree with the safeguarding lead or children’s services what to do instead. Say why."),
            ],
        },
        new(ConcernActs.ContactFamily, "Record a contact with the family", "Contacted the family")
        {
            AsksWay = true, Question = "What came of it?",
            Choices =
            [
                ("reached-safe", "Somebody was reached, and the child is safe", ""), ("reached-concern", "Somebody was reached, and there is a concern", "Tell social care or the police as well."),
                ("no-answer", "Nobody was reached", ""), ("moved", "They have moved", ""), ("refused", "They would not speak to us", ""),
            ],
        },
        new(ConcernActs.ConsultDsl, "Record what was agreed with the safeguarding lead", "Agreed with the safeguarding lead") { NoteLabel = "What was agreed, and with whom" },
        new(ConcernActs.ReferPolice, "Record that the police were told", "Told the police") { NoteHint = "Such as the reference of their log." },
        new(ConcernActs.ReferCsc, "Record a referral to social care", "Referred to social care") { NoteHint = "Such as the reference of the referral." },
        new(ConcernActs.Share, "Record that something was shared", "Shared what is known") { WhomQuestion = "With whom was it shared?" },
        new(ConcernActs.OtherChildren, "Record what is known of the other children", "Asked after the other children")
        {
            Question = "Are the other children of the family safe, and taught?",
            Choices =
            [
                ("safe", "Yes", ""), ("concern", "There is a concern about one of them", "Say which, and what was done."), ("none-known", "There are no others, as far as anybody knows", ""),
                ("not-appropriate", "It was not right to ask", "Say why."),
            ],
        },
        new(ConcernActs.Locate, "Record that the child was found", "Found the child")
        {
            Question = "Is the child being educated?", Choices = [("in-education", "Yes", ""), ("not-in-education", "No", "")], NoteLabel = "Where, and how it is known",
        },
        new(ConcernActs.Note, "Add a note", "Note") { NoteLabel = "Note" },
        new(ConcernActs.Close, "Close it", "Closed")
        {
            Question = "What came of the concern?", Button = "Close the concern",
            Choices =
            [
                ("in-education", "The child was in education all along", ""), ("back-in-education", "The child is back in education", ""), ("home-educated", "The child is educated at home", ""),
                (ConcernActs.FollowedInEpisode, "It is followed in the child’s own case", "It has joined the child’s open episode."), ("other-authority", "Another council has taken it over", ""),
                ("moved-abroad", "The family has left the country", ""), (ConcernActs.NotTraced, "The child could not be traced", "The police and other councils have been told. Say what was tried."),
                (ConcernActs.OutOfScope, "It was not for us", "Say why."), (ConcernActs.Duplicate, "The same was reported before", "Give the other reference."),
            ],
        },
        new(ConcernActs.Reopen, "Open it again", "Opened again") { NoteLabel = "Why", Button = "Open it again" },
    ];

    public static ConcernForm? Of(string action) => All.FirstOrDefault(form => form.Action == action);

    /// <summary>What can be done now: what nobody may do is not offered, and says why where it is a rule that people should know.</summary>
    public static IEnumerable<ConcernForm> Offered(Concern concern) => All.Where(form => form.Action switch
    {
        ConcernActs.Reopen => !concern.IsOpen,
        _ when !concern.IsOpen => false,
        ConcernActs.Screen or ConcernActs.Note or ConcernActs.ReferPolice or ConcernActs.ReferCsc => true,
        ConcernActs.ConcludeChecks => concern.First(ConcernActs.Check) is not null,
        _ => concern.Risk is not null,
    });
}
