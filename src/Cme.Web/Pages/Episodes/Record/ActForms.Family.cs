using System.Collections.Immutable;

namespace Cme.Web.Pages.Episodes.Record;

/// <summary>Reaching the family, and seeing the child.</summary>
public static partial class ActForms
{
    private const string DslConfirms = "The DSL must confirm within 30 minutes that the child is safe. The episode stays open.";
    private const string RiskFollows = "The risk assessment is due 2 hours after the first call that nobody answered.";
    private const string AdviseFollows = "The parent must be advised within 30 minutes to tell the police and ask everyone the child knows.";
    private const string StaysOpen = "The episode stays open until someone closes it.";

    private static Choice Email => new("email", "E-mail");

    private static ImmutableArray<ActForm> Family =>
    [
        new(ActKind.Family, "call", "Record a call", "call home")
        {
            AsksContact = true,
            ContactsFamily = true,
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
            ChannelQuestion = "What did you call from? (optional)",
            Channels = [new("mobile", "A mobile", "Answered more often than a number that the family knows to be the school’s."), new("landline", "A landline")],
            NoteHint = "What was said, and what to do differently next time.",
            Button = "Record the call",
        },
        new(ActKind.Family, "message", "Record a message", "send a message")
        {
            AsksContact = true,
            ContactsFamily = true,
            AsksLanguages = true,
            ChannelQuestion = "How was it sent?",
            Channels = [new("text", "Text message"), Email, new("app", "The school’s app")],
            NeedsChannel = true,
            NoteHint = "What it said. A message does not take the place of the first day’s call.",
            Button = "Record the message",
        },
        new(ActKind.Family, "letter", "Record the letter to the parent", "write to the parent")
        {
            AsksContact = true,
            ContactsFamily = true,
            AsksLanguages = true,
            Question = "Was it sent?",
            Missing = "Select that the letter was sent",
            Groups = Answers(new Choice("sent", "Yes", "The parent has three working days to reply.")),
            ChannelQuestion = "How was it sent?",
            Channels = [new("post", "By post"), Email],
            NeedsChannel = true,
            NoteHint = "To which address it went.",
            Button = "Record the letter",
        },
        new(ActKind.Family, "reply", "Record that the parent was in touch", "hear from the parent")
        {
            AsksContact = true,
            Question = "Were they in touch?",
            Missing = "Select that the parent was in touch",
            Groups = Answers(new Choice("contact-made", "Yes, we have spoken or they have written", StaysOpen)),
            ChannelQuestion = "How were they in touch? (optional)",
            Channels = [new("phone", "They called"), Email, new("text", "Text message"), new("post", "Letter"), new("in-person", "In person")],
            NoteHint = "What they said, and where the child is.",
        },
        new(ActKind.Family, "advise-parent", "Record the advice given to the parent", "advise the parent")
        {
            AsksContact = true,
            ContactsFamily = true,
            NoteHint = "They should tell the local police; ask everyone and everywhere the child knows; ask the GP and A&E near home and near school; and report back to school. Say when they will.",
            Button = "Record that the parent was advised",
        },
        new(ActKind.Family, "visit", "Record the home visit", "visit the home")
        {
            ContactsFamily = true,
            AsksTogether = true,
            Question = "What did you find?",
            Missing = "Select what the visit found",
            Groups = Answers(
                new Choice("seen-safe", "The child was seen and is safe", StaysOpen),
                new Choice("seen-concern", "The child was seen, and there is a concern", "A risk assessment becomes due within 30 minutes."),
                new Choice("no-access", "Nobody answered, or nobody let us in"),
                new Choice("moved", "The family has moved"),
                new Choice("refused", "They would not let us see the child")),
            NoteHint = "Who went, who was spoken to, what the home looked like. Record the visit’s risk assessment too.",
            Button = "Record the visit",
        },
        new(ActKind.Family, "sighting", "Record that the child was seen", "confirm that the child was seen")
        {
            Question = "Was the child seen in person?",
            Missing = "Select that the child was seen",
            Groups = Answers(new Choice("seen", "Yes, by the person named below", StaysOpen)),
            WhomQuestion = "Who found the child?",
            NoteHint = "Where the child was seen, and how the child was.",
        },
    ];
}
