using System.Collections.Immutable;

namespace Cme.Storage.Questions;

/// <summary>What places were asked about children who are missing at another, read from the history of the cases.</summary>
/// <remarks>Every method throws <see cref="StorageUnavailableException"/> when PostgreSQL cannot be reached.</remarks>
public interface IPlaceQuestions
{
    /// <summary>Every question with what was answered to it last, the latest first.</summary>
    Task<ImmutableArray<PlaceQuestionRow>> ListAsync(PlaceQuestionFilter filter, CancellationToken cancel = default);
}

/// <summary>Which questions. A null field does not restrict.</summary>
public sealed record PlaceQuestionFilter(string Authority)
{
    /// <summary>The URN of the place that was asked.</summary>
    public string? Asked { get; init; }
    /// <summary>The URN of the school whose case it is.</summary>
    public string? Asking { get; init; }
    /// <summary>The reference of the case.</summary>
    public string? Episode { get; init; }
    /// <summary>The id of one question.</summary>
    public string? Question { get; init; }
    /// <summary><c>open</c> for cases that are; nobody needs the answer in any other.</summary>
    public string? Status { get; init; } = "open";
}

/// <param name="Asking">The URN of the school whose case it is.</param>
/// <param name="Asked">The URN of the place.</param>
/// <param name="On">The day that it is about.</param>
/// <param name="Answer">Null while there is none.</param>
/// <param name="AnsweredAt">Business clock, as the others.</param>
/// <param name="SeenAt">When the child was last seen there, where that is the answer.</param>
public sealed record PlaceQuestionRow(
    string Question, string Episode, string Asking, string Asked, string ChildId, DateOnly On, DateTimeOffset AskedAt, DateTimeOffset AnswerBy,
    string? Answer, DateTimeOffset? AnsweredAt, DateTimeOffset? SeenAt);
