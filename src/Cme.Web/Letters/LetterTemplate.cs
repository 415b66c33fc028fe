using System.Collections.Immutable;
using Cme.Web.Pages.Wording;

namespace Cme.Web.Letters;

/// <summary>What a letter is filled in from.</summary>
/// <param name="Addressee">How the letter greets: the name of the parent or carer, or "parent or carer".</param>
/// <param name="FirstDayMissing">The first day of the absence.</param>
/// <param name="Today">The day on which it is written.</param>
/// <param name="ReplyBy">The day by which an answer is asked for: three of the authority's working days (NOR-11).</param>
/// <param name="Sender">Who signs it.</param>
/// <param name="SenderRole">As what, such as "attendance officer".</param>
public sealed record LetterFacts(
    string Addressee, string Forename, string School, DateOnly FirstDayMissing, DateOnly Today, DateOnly ReplyBy, string Sender, string SenderRole);

/// <summary>
/// A letter to a parent in plain English, as a draft for the person who sends it: short sentences, what we know, what we ask, what happens
/// next. Sources: NOR-11, DOR-21, DOR-28, SUF-26.
/// </summary>
/// <param name="Id">As stored, such as <c>no-news</c>.</param>
/// <param name="Name">As the person who chooses it reads it.</param>
/// <param name="When">When it is the right one.</param>
public sealed record LetterTemplate(string Id, string Name, string When, Func<LetterFacts, string> Paragraphs)
{
    public static ImmutableArray<LetterTemplate> All { get; } =
    [
        new("no-news", "We need to hear from you", "Calls have not reached anybody. The parent has three working days to reply.", NoNews),
        new("nobody-in", "We called at your home", "A visit found nobody in.", NobodyIn),
        new("school-place", "Your child’s school place", "Before a name may come off the roll.", SchoolPlace),
    ];

    public static LetterTemplate? Find(string? id) => All.FirstOrDefault(one => one.Id == id);

    /// <summary>The whole letter as lines of text, from the greeting to the signature.</summary>
    public string Draft(LetterFacts facts) => $"""
        Dear {facts.Addressee}

        {Paragraphs(facts)}

        If {facts.Forename} is in danger now, call 999.

        Yours sincerely

        {facts.Sender}
        {Labels.Sentence(facts.SenderRole)}, {facts.School}
        """.ReplaceLineEndings("\n");

    private static string NoNews(LetterFacts facts) => $"""
        {facts.Forename} has not been at {facts.School} since {Times.Day(facts.FirstDayMissing)}. We do not know why. We have tried to reach you and could not.

        Please contact us as soon as you read this, and by {Times.Day(facts.ReplyBy)} at the latest. You can telephone the school, write to us, or come in. If you would like somebody to speak to you in another language, tell us which.

        We need to know that {facts.Forename} is safe, and when {facts.Forename} will be back.

        If we have not heard from you by then, we will visit your home. We will also tell the council, which helps us to find children who are missing from school.
        """;

    private static string NobodyIn(LetterFacts facts) => $"""
        We called at your home on {Times.Day(facts.Today)} because {facts.Forename} has not been at {facts.School} since {Times.Day(facts.FirstDayMissing)}. Nobody was in.

        Please contact us today, by telephone or in person, and tell us where {facts.Forename} is. We need to know that {facts.Forename} is safe.

        If we do not hear from you by {Times.Day(facts.ReplyBy)}, we will ask the council and other services to help us find {facts.Forename}.
        """;

    private static string SchoolPlace(LetterFacts facts) => $"""
        {facts.Forename} has not been at {facts.School} since {Times.Day(facts.FirstDayMissing)}, and together with the council we have not been able to find out where {facts.Forename} is.

        If this does not change, {facts.Forename}’s name may be taken off our register. The school place may then be given to another child.

        Please contact us by {Times.Day(facts.ReplyBy)}. If {facts.Forename} goes to another school, or is taught at home, tell us the name of the school or write to us, and we will pass on what the new school needs to know.
        """;
}
