using System.Collections.Immutable;
using Cme.Domain.Episodes;

namespace Cme.Web.Pages.Episodes.Record;

/// <summary>Enquiries, the roll, and the episode itself.</summary>
public static partial class ActForms
{
    private static ImmutableArray<ActForm> Enquiries =>
    [
        new(ActKind.Enquiry, "enquiry", "Record an enquiry", "investigate further")
        {
            Question = "What came of it? (optional)", Missing = "Select what came of it", Groups = Findings,
            ChannelQuestion = "How were they asked? (optional)", Channels = [new("phone", "By phone"), new("in-person", "In person"), Email],
            NoteIs = "Who was asked, and what they said",
            NoteHint = "Of neighbours ask only whether they know where the family is, and nothing else. If it was decided not to ask, say why.",
        },
        new(ActKind.Enquiry, "check", "Record a check", "check")
        {
            Question = "What came of it? (optional)", Missing = "Select what came of it", Groups = Findings,
            ChannelQuestion = "How was it checked? (optional)", Channels = [new("database", "In a database"), new("phone", "By phone"), Email],
            NoteIs = "What was checked, and what came of it",
        },
        new(ActKind.Enquiry, "refer-authority", "Record the report to the authority", "report the child as missing from education")
        {
            ChannelQuestion = "How was it made? (optional)",
            Channels = [new("form", "By online form"), Email, new("phone", "By phone")],
            NoteIs = "Reference of the form",
            NoteHint = "A school of the county uses its online form; another school writes to the tracking officers.",
            Button = "Record the report",
        },
        new(ActKind.Enquiry, "chase", "Record that you asked for the answer", "ask for the answer") { NoteHint = "Whom you asked, and when they will answer." },
        new(ActKind.Enquiry, "notify", "Record a notice", "give the notice") { NoteIs = "Who was told, and how", Button = "Record the notice" },
        new(ActKind.Enquiry, "review", "Record the review", "review the episode")
        {
            AsksTogether = true, AsksPlan = true,
            NoteIs = "What is known, and who goes on looking", Button = "Record the review",
        },
        new(ActKind.Enquiry, "extend", "Record that more time was agreed", "agree more time")
        {
            NoteIs = "Which step, until when, and who agreed",
            NoteHint = "No deadline moves by it: what is late stays late, with this reason in its history.",
            NoteMissing = "Enter which step has more time, until when, and who agreed",
            Button = "Record what was agreed",
        },
    ];

    private static ImmutableArray<ChoiceGroup> Findings => Answers(
        new Choice("nothing-known", "They know nothing"), new Choice("information", "New information, said in the note"),
        new Choice("located", "They say where the child is", "Nothing closes by that: somebody sees the child first."),
        new Choice("no-answer", "No answer yet"), new Choice("not-appropriate", "It was decided not to ask", "Say why in the note."));

    private static ImmutableArray<ActForm> Roll =>
    [
        new(ActKind.Roll, "roll-decision", "Record the decision about the roll", "tell the school whether the child may be removed from its roll")
        {
            Question = "May the school remove the child from its roll?",
            Missing = "Select whether the child may be removed from the roll",
            Groups = Answers(
                new Choice("keep", "No, the child stays on roll"),
                new Choice("remove", "Yes, the child may be removed", "The deletion return becomes due.")),
            NoteIs = "The reasons",
            Button = "Record the decision",
        },
        new(ActKind.Roll, "removal-statement", "Record the statement about the roll", "state what you believe")
        {
            NoteIs = "What the school believes",
            NoteHint = "The head or the designated safeguarding lead signs it. Say whether there is any reason to think of illness, anxiety and low mood among it, or of "
                + "something that nobody could avoid, such as transport or a place at a school.",
            NoteMissing = "Enter what the school believes",
            Button = "Sign the statement",
        },
        new(ActKind.Roll, ActionNames.JointLog, "Sign for the joint enquiries", "sign the log of the joint enquiries")
        {
            Question = "Do you sign for the enquiries that school and council made together?",
            Missing = "Select that you sign",
            Groups = Answers(new Choice("signed", "Yes, they were made as recorded in this episode, and have not found the child")),
            NoteIs = "Anything that whoever reads the log should know",
            NoteHint = "For a school the head or a designated safeguarding lead signs, for the council a tracking officer or the CME lead. Whoever signs, signs for their own side.",
            Button = "Sign",
        },
        new(ActKind.Roll, "ctf", "Record that the child’s file was sent", "send the common transfer file")
        {
            NoteIs = "Where it went, and its reference",
            NoteHint = "To the new school, or to the lost pupils’ part of the government’s transfer site if no new school is known.",
            Button = "Record the transfer",
        },
    ];

    private static ImmutableArray<ActForm> Case =>
    [
        new(ActKind.Case, "note", "Add a note", "add a note")
        {
            AsksReaders = true, NoteHint = "It changes nothing that is due.", NoteMissing = "Enter the note", Button = "Add the note",
        },
        new(ActKind.Case, ActionNames.Correct, "Take back something recorded by mistake", "take it back")
        {
            NoteIs = "What was wrong",
            NoteHint = "It stays in the history, and counts no longer. If something else was done instead, choose ‘Correct this’ beside it in the history.",
            Button = "Take it back",
        },
        new(ActKind.Case, ActionNames.Close, "Close this episode", "close the episode with a reason")
        {
            Question = "Why is it closed?",
            Missing = "Select why the episode is closed",
            Groups = Answers([.. ClosureReasons.All.Where(reason => reason.Closes).Select(reason => new Choice(reason.Id, reason.Text))]),
            NoteIs = "How you know",
            Button = "Close the episode",
        },
        new(ActKind.Case, ActionNames.Reopen, "Open this episode again", "open the episode again")
        {
            NoteIs = "Why it is opened again", NoteMissing = "Enter why the episode is opened again", Button = "Open it again",
        },
    ];
}
