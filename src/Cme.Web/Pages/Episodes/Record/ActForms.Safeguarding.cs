using System.Collections.Immutable;
using Cme.Domain.Episodes;

namespace Cme.Web.Pages.Episodes.Record;

/// <summary>Judging whether the child is in danger, and telling those who must know. What is written there is for few to read.</summary>
public static partial class ActForms
{
    private const string SeenByFew = "Seen by those who answer for safeguarding.";

    private static ImmutableArray<ActForm> Safeguarding =>
    [
        Judgement("risk-assessment", "Record the risk assessment", "assess the risk") with
        {
            Question = "What did you find?",
            Missing = "Select what the risk assessment found",
            Groups = Answers(
                new Choice("no-concern", "No concern for the child’s safety now", "The school goes on trying to reach the family."),
                new Choice("concern", "Some concern", "The school goes on trying to reach the family; the next steps stay due."),
                new Choice("risk-of-harm", "The child is at risk of harm", "Contacting the police or social care becomes due at once.")),
            NoteIs = "What you based it on",
        },
        Judgement("vulnerability-assessment", "Record the assessment of vulnerability", "assess how vulnerable the child is") with
        {
            AsksTogether = true,
            NoteIs = "What makes the child more or less vulnerable",
            NoteHint = $"{SeenByFew} Home, health, friends, earlier absences, who else knows the family. If the child is at risk of harm, record a risk assessment that says so.",
        },
        Judgement("question-set", "Record the safeguarding questions", "assess the safeguarding risk") with
        {
            AsksQuestions = true,
            AsksTogether = true,
            Question = "Do the answers give reason for concern about the child’s safety?",
            Missing = "Select whether there is reason for concern",
            Groups = Answers(new Choice("no-concern", "No"), new Choice("concern", "Yes", "What your procedure asks for then becomes due at once. If the child is at risk of harm, record a risk assessment too.")),
            NoteIs = "Reasons for your judgement",
            NoteHint = "Forced marriage, sexual exploitation, domestic abuse, radicalisation, honour-based violence; and what the questions of your procedure do not cover.",
            Button = "Record the answers",
        },
        Judgement("consult-dsl", "Record the DSL’s view", "consult the DSL") with
        {
            Question = "Is the DSL satisfied that the child is safe?",
            Missing = "Select whether the DSL is satisfied that the child is safe",
            Groups = Answers(
                new Choice("confirmed-safe", "Yes, the child is safe"),
                new Choice("not-confirmed", "No, not yet", "A risk assessment becomes due within 30 minutes.")),
            NoteIs = "The DSL’s reasons",
        },
        Referral("refer-police", "Record a referral to the police", "refer to the police") with
        {
            NoteIs = "Reference number and what was agreed",
            NoteHint = $"{SeenByFew} If you have not called them yet, call 999 first if the child is in danger now. The council’s record of a missing person is opened with it, unless one is open.",
        },
        Referral("refer-csc", "Record a referral to social care", "refer to social care") with { NoteIs = "Who took it and what was agreed" },
        Judgement("agency-update", "Record what an agency told you", "ask the agency") with
        {
            Question = "What is it?",
            Missing = "Select what the agency told you",
            Groups = Answers(
                new Choice("reference", "Their reference number, and what you told them"), new Choice("risk-grade", "How they grade the risk, and who investigates"),
                new Choice("contact", "Regular contact about the child"), new Choice("decision", "A decision or result")),
            NoteIs = "What they said",
        },
        Judgement("meeting", "Record a meeting", "take part in the meeting") with
        {
            Question = "What happened?",
            Missing = "Select what happened",
            Groups = Answers(
                new Choice("convened", "It was called", "Taking part becomes due."), new Choice("attended", "We took part"), new Choice("not-attended", "We did not take part")),
            AsksTogether = true,
            NoteIs = "When and where, who took part, and what was agreed",
        },
        Judgement(ActionNames.Found, "Record where the child was found", "record where the child was found") with
        {
            Question = "Where was the child found?",
            Missing = "Select where the child was found",
            Groups = Answers(
                new Choice("home", "At home"), new Choice("relatives", "With relatives"), new Choice("friends", "At a friend’s home"),
                new Choice("placement", "At the placement: the child is in care"), new Choice("other-school", "At another school"),
                new Choice("public-place", "In a public place"), new Choice("transport", "On public transport, or at a station"),
                new Choice("hospital", "In hospital"), new Choice("custody", "In custody"), new Choice("other-authority", "In another authority’s area"),
                new Choice("abroad", "Abroad"), new Choice("elsewhere", "Somewhere else"), new Choice("not-said", "The child or family did not say")),
            WhomQuestion = "With whom was the child?",
            NoteHint = $"{SeenByFew} It closes nothing: record that the child was seen, or close the episode, too. Reports count the place and the company, never the note.",
            Button = "Record where the child was found",
        },
        AfterReturn(ActionNames.SafeAndWellCheck, "Record the safe and well check", "check that the child is safe and well"),
        AfterReturn(ActionNames.ReturnInterview, "Record the return interview", "offer the child an independent return interview"),
        Judgement(ActionNames.Finding, "Record a result that closes nothing", "record where things stand") with
        {
            Question = "What is the result so far?",
            Missing = "Select the result",
            Groups = Answers([.. ClosureReasons.All.Where(reason => !reason.Closes).Select(reason => new Choice(reason.Id, reason.Text))]),
            NoteIs = "How you know, and what follows",
        },
        Judgement("hold-referral", "Record why a referral is held", "hold the referral") with
        {
            NoteIs = "The reasons, and what will end the wait",
            NoteHint = $"{SeenByFew} A referral is held only while there is no reason to believe that the child suffers harm or will. Any new concern ends the wait.",
            NoteMissing = "Enter the reasons for holding the referral",
            Button = "Record the reasons",
        },
    ];

    private static ActForm AfterReturn(string action, string title, string done) => Judgement(action, title, done) with
    {
        Question = "What was it mainly about?",
        Missing = "Select what it was mainly about, or that the child refused",
        Groups = Answers(
            new Choice("refused", "The child, or those who answer for the child, refused"), new Choice("no-theme", "Nothing in particular"), new Choice("family", "The family"),
            new Choice("friends", "Friends"), new Choice("placement", "The placement: the child is in care"), new Choice("school", "School, bullying among it"),
            new Choice("health", "Health"), new Choice("sexual-exploitation", "Sexual exploitation"),
            new Choice("criminal-exploitation", "Criminal exploitation, gangs among it"), new Choice("drugs-or-alcohol", "Drugs or alcohol"),
            new Choice("trafficking", "Trafficking"), new Choice("other-theme", "Something else")),
        NoteIs = "What the child said, and what follows",
    };

    private static ActForm Judgement(string action, string title, string done) =>
        new(ActKind.Safeguarding, action, title, done) { Layer = 3, NoteHint = SeenByFew };

    private static ActForm Referral(string action, string title, string done) => Judgement(action, title, done) with
    {
        ChannelQuestion = "How was it made? (optional)",
        Channels = [new("phone", "By phone"), new("form", "By online form"), Email],
        Button = "Record the referral",
    };
}
