using System.Collections.Immutable;
using Cme.Domain.Episodes;

namespace Cme.Web.Pages.Episodes.Record;

/// <summary>Where a child is to learn: why there is no school, what is done about a place, and what an education at home is worth.</summary>
public static partial class ActForms
{
    private static ImmutableArray<ActForm> Provision =>
    [
        new(ActKind.Provision, ActionNames.Reason, "Record why the child is missing education", "establish the reason")
        {
            Question = "What is the main reason?",
            Missing = "Select the main reason",
            Groups = Answers([.. MissingReasons.All.Select(reason => new Choice(reason.Id, reason.Text))]),
            NoteIs = "How you know, and other reasons",
            Button = "Record the reason",
        },
        new(ActKind.Provision, ActionNames.SchoolPlace, "Record what became of a school place", "help the child to a place at a school")
        {
            Question = "How does it stand?",
            Missing = "Select how the place stands",
            Groups = Answers(
                new Choice("applied", "A place was applied for"), new Choice("offered", "A place was offered", "The child is still missing education until the first day there."),
                new Choice("started", "The child has started", "The record stays open until somebody closes it."), new Choice("refused", "It was refused, or came to nothing")),
            NoteIs = "Which school, from when, and who confirmed it",
        },
        new(ActKind.Provision, ActionNames.EducationAssessment, "Record what was found of the education at home", "decide whether the education at home is suitable")
        {
            Question = "Is the education at home suitable?",
            Missing = "Select whether the education at home is suitable",
            Groups = Answers(
                new Choice("suitable", "Yes"), new Choice("not-suitable", "No", "The child is missing education: a record of that is opened, and a notice to the parent becomes due."),
                new Choice("no-information", "We were told too little to say so", "A notice to the parent becomes due.")),
            NoteIs = "What you were shown, and your reasons",
            Layer = 3,
        },
        new(ActKind.Provision, ActionNames.AttendanceOrder, "Record a notice or a school attendance order", "serve the notice or make the order")
        {
            Question = "What happened?",
            Missing = "Select what happened",
            Groups = Answers(
                new Choice("notice-served", "Notice was served on the parent", "The parent has at least 15 days to answer."), new Choice("satisfied", "The parent’s answer satisfied us, and no order is made"),
                new Choice("order-made", "A school attendance order was made"),
                new Choice("complied", "The order is complied with"), new Choice("revoked", "The order was revoked")),
            NoteIs = "Which section of the Act, which school, and how it was served",
        },
    ];
}
