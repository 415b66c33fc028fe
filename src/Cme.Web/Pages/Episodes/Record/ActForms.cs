using System.Collections.Immutable;
using Cme.Domain.Episodes;

namespace Cme.Web.Pages.Episodes.Record;

/// <summary>The forms that an episode's page offers, so that each step which can be due has a way to be done.</summary>
public static class ActForms
{
    private const string DslConfirms = "The DSL must confirm within 30 minutes that the child is safe. The episode stays open.";
    private const string RiskFollows = "The risk assessment is due 2 hours after the first call that nobody answered.";
    private const string AdviseFollows = "The parent must be advised within 30 minutes to tell the police and ask everyone the child knows.";

    private static readonly ActForm s_call = new()
    {
        Action = "call",
        Title = "Record a call",
        Done = "call home",
        Question = "Who answered?",
        Missing = "Select who answered the call",
        Groups =
        [
            new("The parent or carer answered",
            [
                new("parent-child-safe", "The child is safe with them", "Closes the episode. Put the reason in the note, and its code on the register."),
                new("parent-child-missing", "The child is missing: they do not know where the child is", AdviseFollows),
                new("parent-child-not-safe", "The child is not safe", AdviseFollows),
                new("refused", "They would not say", DslConfirms),
            ]),
            new("Someone else answered",
            [
                new("child-spoke", "The child answered"),
                new("other-person-reassured", "Another person, and we are reassured"),
                new("other-person-not-reassured", "Another person, and we are not reassured"),
            ], DslConfirms),
            new("Nobody answered",
            [
                new("no-answer", "It rang and nobody answered"),
                new("voicemail", "It went to voicemail"),
                new("number-dead", "The number does not work"),
                new("wrong-number", "It was a wrong number"),
            ], RiskFollows),
        ],
        NoteHint = "What was said, which number you called, and what to do differently next time.",
        Button = "Record the call",
    };

    private static readonly ActForm s_risk = new()
    {
        Action = "risk-assessment",
        Title = "Record the risk assessment",
        Done = "assess the risk",
        Question = "What did you find?",
        Missing = "Select what the risk assessment found",
        Groups =
        [
            new("",
            [
                new("no-concern", "No concern for the child’s safety now", "The school goes on trying to reach the family."),
                new("concern", "Some concern", "The school goes on trying to reach the family; the next steps stay due."),
                new("risk-of-harm", "The child is at risk of harm", "Contacting the police or social care becomes due at once."),
            ]),
        ],
        NoteLabel = "What you based it on (optional)",
        NoteHint = "Seen by those who answer for safeguarding.",
        Layer = 3,
    };

    private static readonly ActForm s_consult = new()
    {
        Action = "consult-dsl",
        Title = "Record the DSL’s view",
        Done = "consult the DSL",
        Question = "Is the DSL satisfied that the child is safe?",
        Missing = "Select whether the DSL is satisfied that the child is safe",
        Groups =
        [
            new("",
            [
                new("confirmed-safe", "Yes, the child is safe"),
                new("not-confirmed", "No, not yet", "A risk assessment becomes due within 30 minutes."),
            ]),
        ],
        NoteLabel = "The DSL’s reasons (optional)",
        NoteHint = "Seen by those who answer for safeguarding.",
        Layer = 3,
    };

    private static readonly ActForm s_advise = new()
    {
        Action = "advise-parent",
        Title = "Record the advice given to the parent",
        Done = "advise the parent",
        NoteHint = "They should tell the local police; ask everyone and everywhere the child knows; ask the GP and A&E near home and near school; and report back to school. Say when they will.",
        Button = "Record that the parent was advised",
    };

    private static readonly ActForm s_reply = new()
    {
        Action = "reply",
        Title = "Record that the parent was in touch",
        Done = "hear from the parent",
        Question = "Were they in touch?",
        Missing = "Select that the parent was in touch",
        Groups = [new("", [new("contact-made", "Yes, we have spoken or they have written", "The episode stays open until someone closes it.")])],
        NoteHint = "What they said, and where the child is.",
    };

    private static readonly ActForm s_sighting = new()
    {
        Action = "sighting",
        Title = "Record that the child was seen",
        Done = "confirm that the child was seen",
        Question = "Was the child seen in person?",
        Missing = "Select that the child was seen",
        Groups = [new("", [new("seen", "Yes, by the person named below", "The episode stays open until someone closes it.")])],
        NoteHint = "Where the child was seen, and how the child was.",
    };

    private static readonly ActForm s_police = new()
    {
        Action = "refer-police",
        Title = "Record a referral to the police",
        Done = "refer to the police",
        NoteLabel = "Reference number and what was agreed (optional)",
        NoteHint = "Seen by those who answer for safeguarding. If you have not called them yet, call 999 first if the child is in danger now.",
        Layer = 3,
        Button = "Record the referral",
    };

    private static readonly ActForm s_socialCare = new()
    {
        Action = "refer-csc",
        Title = "Record a referral to social care",
        Done = "refer to social care",
        NoteLabel = "Who took it and what was agreed (optional)",
        NoteHint = "Seen by those who answer for safeguarding.",
        Layer = 3,
        Button = "Record the referral",
    };

    private static readonly ActForm s_questions = new()
    {
        Action = "question-set",
        Title = "Record the safeguarding questions",
        Done = "assess the safeguarding risk",
        NoteLabel = "The answers (optional)",
        NoteHint = "Forced marriage, sexual exploitation, domestic abuse, radicalisation, honour-based violence. If the child is at risk of harm, record a risk assessment that says so: contacting the police or social care is then due at once.",
        Layer = 3,
        Button = "Record the answers",
    };

    private static readonly ActForm s_letter = new()
    {
        Action = "letter",
        Title = "Record the letter to the parent",
        Done = "write to the parent",
        Question = "Was it sent?",
        Missing = "Select that the letter was sent",
        Groups = [new("", [new("sent", "Yes, by post or e-mail", "The parent has three working days to reply.")])],
        NoteHint = "How it went out, and to which address. Name every language below.",
        AsksLanguages = true,
        Button = "Record the letter",
    };

    private static readonly ActForm s_visit = new()
    {
        Action = "visit",
        Title = "Record the home visit",
        Done = "visit the home",
        Question = "What did you find?",
        Missing = "Select what the visit found",
        Groups =
        [
            new("",
            [
                new("seen-safe", "The child was seen and is safe", "The episode stays open until someone closes it."),
                new("seen-concern", "The child was seen, and there is a concern", "A risk assessment becomes due within 30 minutes."),
                new("no-access", "Nobody answered, or nobody let us in"),
                new("moved", "The family has moved"),
                new("refused", "They would not let us see the child"),
            ]),
        ],
        NoteHint = "Who went, who was spoken to, what the home looked like. Record the visit’s risk assessment too.",
        Button = "Record the visit",
    };

    private static readonly ActForm s_report = new()
    {
        Action = "refer-authority",
        Title = "Record the report to the authority",
        Done = "report the child as missing from education",
        NoteLabel = "Reference of the form (optional)",
        NoteHint = "A school of the county uses its online form; another school writes to the tracking officers.",
        Button = "Record the report",
    };

    private static readonly ActForm s_enquiry = new()
    {
        Action = "enquiry",
        Title = "Record an enquiry",
        Done = "investigate further",
        NoteLabel = "Who was asked, and what they said (optional)",
    };

    private static readonly ActForm s_check = new()
    {
        Action = "check",
        Title = "Record a check",
        Done = "check",
        NoteLabel = "What was checked, and what came of it (optional)",
    };

    private static readonly ActForm s_decision = new()
    {
        Action = "roll-decision",
        Title = "Record the decision about the roll",
        Done = "tell the school whether the child may be removed from its roll",
        Question = "May the school remove the child from its roll?",
        Missing = "Select whether the child may be removed from the roll",
        Groups =
        [
            new("",
            [
                new("keep", "No, the child stays on roll"),
                new("remove", "Yes, the child may be removed", "The deletion return becomes due."),
            ]),
        ],
        NoteLabel = "The reasons (optional)",
        Button = "Record the decision",
    };

    private static readonly ActForm s_chase = new()
    {
        Action = "chase",
        Title = "Record that you asked for the answer",
        Done = "ask for the answer",
        NoteHint = "Whom you asked, and when they will answer.",
    };

    private static readonly ActForm s_notify = new()
    {
        Action = "notify",
        Title = "Record a notice",
        Done = "give the notice",
        NoteLabel = "Who was told, and how (optional)",
        Button = "Record the notice",
    };

    private static readonly ActForm s_review = new()
    {
        Action = "review",
        Title = "Record the review",
        Done = "review the episode",
        NoteLabel = "What is known, and who goes on looking (optional)",
        Button = "Record the review",
    };

    private static readonly ActForm s_statement = new()
    {
        Action = "removal-statement",
        Title = "Record the statement about the roll",
        Done = "state what you believe",
        NoteLabel = "What the school and the authority enquired together, and what you believe (optional)",
        NoteHint = "Say whether there is any reason to think of illness or of something that nobody could avoid.",
        Button = "Record the statement",
    };

    private static readonly ActForm s_note = new()
    {
        Action = "note",
        Title = "Add a note",
        Done = "add a note",
        NoteLabel = "Note",
        NoteHint = "It changes nothing that is due.",
        Button = "Add the note",
    };

    private static readonly ActForm s_close = new()
    {
        Action = "close",
        Title = "Close this episode",
        Done = "close the episode with a reason",
        Question = "Why is it closed?",
        Missing = "Select why the episode is closed",
        Groups = [new("", [.. ClosureReasons.All.Where(reason => reason.Closes).Select(reason => new Choice(reason.Id, reason.Text))])],
        NoteLabel = "How you know (optional)",
        Button = "Close the episode",
    };

    /// <summary>Every form, in the order in which the page offers them.</summary>
    public static ImmutableArray<ActForm> All { get; } =
        [
        s_call, s_risk, s_questions, s_consult, s_advise, s_letter, s_reply, s_visit, s_sighting, s_police, s_socialCare, s_report, s_enquiry, s_check,
        s_decision, s_chase, s_notify, s_review, s_statement, s_note, s_close,
    ];

    /// <summary>The form for an action, or null if the pages offer none.</summary>
    public static ActForm? For(string? action) => All.FirstOrDefault(form => form.Action == action);
}
