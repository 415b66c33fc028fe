using System.Collections.Immutable;

namespace Cme.Web.Pages.Report;

/// <summary>
/// The questions of the public's form, in the order in which they are asked: danger first. Everything may stay unanswered but the few that
/// decide what is asked next, and those take "I don't know" (CHE-07). Source: CHE-04 to CHE-11, FACTS D8.
/// </summary>
public static class ReportQuestions
{
    public const string Start = "/report-a-concern";
    public const string Danger = "danger", Council = "council", Contact = "contact", Anonymous = "anonymous";

    private const string Child = "The child", Worry = "Your concern", You = "You";

    private static readonly ReportField Description = new("description", "What else would help us to recognise the child?")
    {
        Rows = 5, Hint = "For example what they look like, who looks after them, what they are called by others, or a car that you have seen. Leave it blank if you do not know.",
    };

    /// <summary>At least one of these must be known, or nobody can find the child.</summary>
    public static readonly ImmutableArray<string> Recognising = ["name", "school", "address", "postcode", "description"];

    private static readonly ImmutableArray<ReportQuestion> Always =
    [
        new(Danger, "Is the child in immediate danger?")
        {
            Group = Worry, Hint = "For example because somebody is hurting them, or a young child is alone.", Missing = "Select yes, no, or that you don’t know",
            Choices = [new("yes", "Yes"), new("no", "No"), new("unknown", "I don’t know")],
        },
        new("call-999", "Call 999 now")
        {
            Group = Worry, Follows = true, IsAsked = answers => answers[Danger] == "yes",
            Says =
            [
                "Call 999 and ask for the police. If you cannot speak, listen to the operator and press 55 when asked. If you cannot hear or speak on the telephone, use Relay UK on 18000, or text 999 if you have registered for it.",
                "Do not wait for us: nobody may read this report at once.",
                "When you have called, or if you cannot, go on here. What you tell us helps too.",
            ],
        },
        new("worry", "What are you worried about?")
        {
            Group = Worry, Missing = "Select what you are worried about",
            Choices =
            [
                new("missing-education", "A child who is not getting an education", "They are not at school, and are not being taught anywhere else."),
                new("missing-from-area", "A child who may have gone missing from the area", "They have not been seen, or the family has left and nobody knows where to."),
                new("other", "Something else, or I am not sure"),
            ],
        },
        new("name", "What is the child’s name?")
        {
            Group = Child, Fields = [new("name", "What is the child’s name?") { Hint = "Any part of it will do, or a nickname. Leave it blank if you do not know." }],
        },
        new("age", "How old is the child?")
        {
            Group = Child, Fields = [new("age", "How old is the child?") { Width = 10, Hint = "For example 9, “about 9”, or a date of birth. Leave it blank if you do not know." }],
        },
        new("school", "Which school do they go to, or did they go to?")
        {
            Group = Child, Fields = [new("school", "Which school do they go to, or did they go to?") { Hint = "Leave it blank if you do not know, or if they have never been to one." }],
        },
        new("address", "Where does the child live, or where have you seen them?")
        {
            Group = Child,
            Fields =
            [
                new("address", "Address or place") { Rows = 3, Hint = "As much as you know. “The caravan by the canal” is fine. Leave it blank if you do not know." },
                new("postcode", "Postcode, if you know it") { Width = 10 },
            ],
        },
        new("description", Description.Label) { Group = Child, Fields = [Description] },
        new("seen", "What have you seen or heard?")
        {
            Group = Worry,
            Fields =
            [
                new("seen", "In your own words") { Rows = 8, Hint = "Please do not write your own name or address here: we ask for them later, and keep them apart." },
                new("seenWhen", "When was that?") { Hint = "For example “yesterday” or “most days since September”." },
            ],
        },
        new("others", "Are there other children in the home?")
        {
            Group = Child, Fields = [new("otherChildren", "Are there other children in the home?") { Rows = 3, Hint = "Names and ages, as far as you know. Leave it blank if you do not know." }],
        },
        new("language", "What language does the family speak?")
        {
            Group = Child, Fields = [new("language", "What language does the family speak?") { Hint = "Also tell us if they use sign language or need an interpreter. Leave it blank if you do not know." }],
        },
        new(Contact, "May we get in touch with you?")
        {
            Group = You, Missing = "Select whether we may get in touch with you",
            Hint = "You do not have to say who you are. If you do, only the officer who works on this, and who leads that work, can see it. We never tell the family or the school.",
            Choices = [new("yes", "Yes, you may ask me for more"), new(Anonymous, "No, I want to stay anonymous")],
        },
        new("your-details", "How can we reach you?")
        {
            Group = You, Follows = true, IsAsked = answers => answers[Contact] == "yes",
            Fields =
            [
                new("yourName", "Your name") { Autocomplete = "name" },
                new("yourPhone", "Telephone number") { Type = "tel", Width = 20, Autocomplete = "tel" },
                new("yourEmail", "Email address") { Type = "email", Autocomplete = "email" },
                new("relationship", "How do you know the child?") { Hint = "For example neighbour, relative or teacher." },
            ],
        },
    ];

    /// <summary>The questions for a service of these councils, by code and name: which of several it is for is asked after the danger.</summary>
    public static ImmutableArray<ReportQuestion> For(IReadOnlyCollection<(string Code, string Name)> councils) => councils.Count < 2 ? Always : Always.Insert(2, new(Council, "Which council is it for?")
    {
        Group = Worry, Hint = "The council of the area where the child lives, or where you saw them.", Missing = "Select a council. If you are not sure, select the nearest",
        Choices = [.. councils.Select(council => new ReportChoice(council.Code, council.Name))],
    });

    /// <summary>The question asked after this one, or null for none.</summary>
    public static ReportQuestion? After(this ImmutableArray<ReportQuestion> all, ReportQuestion? one, ReportAnswers answers) =>
        all.SkipWhile(other => one is not null && other.Id != one.Id).Skip(one is null ? 0 : 1).FirstOrDefault(other => other.IsAsked(answers));

    /// <summary>The question asked before this one, or null for none.</summary>
    public static ReportQuestion? Before(this ImmutableArray<ReportQuestion> all, ReportQuestion one, ReportAnswers answers) =>
        all.TakeWhile(other => other.Id != one.Id).LastOrDefault(other => other.IsAsked(answers));
}
