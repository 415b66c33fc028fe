using System.Collections.Immutable;
using Cme.Domain.Episodes;
using Cme.Storage.Questions;
using Cme.Web.Api.Places;
using Cme.Web.Pages.Wording;

namespace Cme.Web.Pages.Places;

/// <summary>What others are asked, as a list shows it.</summary>
/// <param name="NamesSchool">Whether it is of several schools.</param>
public sealed record AboutView(ImmutableArray<AskedThere> Asked, DateTimeOffset Now, bool NamesSchool);

/// <summary>Questions to places, in words.</summary>
public static class PlaceWords
{
    /// <summary>How it stands, in a word or two, with the tag's colour.</summary>
    public static (string Tag, string Colour) Tag(PlaceQuestionRow row, AskedState state) => (row.Answer, state) switch
    {
        (SeenToday.Seen, _) => ("Seen", "govuk-tag--green"),
        (SeenToday.NotSeen, _) => ("Not seen", "govuk-tag--red"),
        (SeenToday.NotExpected, _) => ("Not expected", "govuk-tag--grey"),
        (_, AskedState.Overdue) => ("Overdue", "govuk-tag--orange"),
        _ => ("Asked", "govuk-tag--blue"),
    };

    /// <summary>The same as a sentence without its full stop.</summary>
    public static string Standing(PlaceQuestionRow row, DateTimeOffset now) => row.Answer switch
    {
        SeenToday.Seen => $"Answered {Times.AtNear(row.AnsweredAt!.Value, now)}: last seen there {Times.AtNear(row.SeenAt!.Value, now)}",
        SeenToday.NotSeen => $"Answered {Times.AtNear(row.AnsweredAt!.Value, now)}: not seen there",
        SeenToday.NotExpected => $"Answered {Times.AtNear(row.AnsweredAt!.Value, now)}: not expected there that day",
        _ when row.AnswerBy <= now => $"Nobody answered by {Times.Near(row.AnswerBy, now)}",
        _ => $"To be answered by {Times.Near(row.AnswerBy, now)}",
    };
}
