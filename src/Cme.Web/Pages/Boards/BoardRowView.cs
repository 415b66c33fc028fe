using Cme.Contracts.Boards;
using Cme.Contracts.Episodes;
using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Web.Pages.Wording;
using Cme.Web.Security;

namespace Cme.Web.Pages.Boards;

/// <summary>One row of a board as it is written on the page. Everything but the ages is words already.</summary>
public sealed record BoardRowView
{
    public required string Reference { get; init; }
    /// <summary>Sorts as text (ordinal); what comes first on this board. It does not depend on the time of day.</summary>
    public required string Order { get; init; }
    public required long Number { get; init; }
    public required string Name { get; init; }
    public required string Year { get; init; }
    public required string School { get; init; }
    public required string FirstDayMissing { get; init; }
    /// <summary>The last mark; of a record that the authority leads, its kind.</summary>
    public required string LastCode { get; init; }
    public required string Stage { get; init; }
    /// <summary>The next step; null if nothing is due.</summary>
    public required DueView? Due { get; init; }
    public required string With { get; init; }
    /// <summary>Why it is before the lead, if it is.</summary>
    public required string Why { get; init; }
    public required int OverdueCount { get; init; }
    public required IReadOnlyList<FlagView> Flags { get; init; }
    /// <summary>Who has taken it on; empty for nobody.</summary>
    public required string ClaimedBy { get; init; }
    /// <summary>Whether that is the viewer.</summary>
    public required bool IsMine { get; init; }
    /// <summary>Whether it has climbed to the lead, who has not acknowledged it.</summary>
    public required bool AwaitsLead { get; init; }
    /// <summary>Such as "Acknowledged by Helen Marchbanks, 9:50am"; empty if nobody has.</summary>
    public required string Acknowledged { get; init; }

    public bool IsFree => ClaimedBy.Length == 0;

    /// <summary>Writes a row out for whoever looks at a board.</summary>
    public static BoardRowView Of(BoardRow row, BoardOrders order, BoardSight sight) => new()
    {
        Reference = row.Reference,
        Order = BoardOrder.Of(row, sight.Board, order),
        Number = row.Number,
        Name = $"{row.Forename} {row.Surname}".Trim() is { Length: > 0 } name ? name : "Name not known",
        Year = Labels.YearGroup(row.YearGroup),
        School = row.SchoolName,
        FirstDayMissing = Sentence(Times.NearDay(row.FirstDayMissing, sight.Now)),
        LastCode = row.Kind == EpisodeKinds.Whereabouts ? Labels.Code(row.LastCode) : Labels.Kind(row.Kind),
        Stage = Labels.Words(row.Stage),
        Due = DueView.Of(row.NextObligation, sight.Now),
        With = Labels.With(row.Level, row.Kind),
        Why = LeadReasons.Of(row).Words,
        OverdueCount = row.OverdueCount,
        Flags = FlagView.Of(row.Flags),
        ClaimedBy = row.ClaimedBy ?? "",
        IsMine = sight.IsViewers(row),
        AwaitsLead = row is { Level: >= Levels.CmeLead, AcknowledgedBy: null },
        Acknowledged = row is { AcknowledgedBy: { } by, AcknowledgedAt: { } at } ? $"Acknowledged by {by}, {Times.Near(at, sight.Now)}" : "",
    };

    private static string Sentence(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}

/// <summary>What is due next: what, by whom, by when.</summary>
/// <param name="What">Such as "Call home".</param>
/// <param name="Who">Such as "Attendance officer".</param>
/// <param name="Deadline">By when.</param>
public sealed record DueView(string What, string Who, DeadlineView Deadline)
{
    public static DueView? Of(ObligationView? next, DateTimeOffset now) => next is null ? null : new(
        next.What, Labels.Role(next.Role), DeadlineView.Of(next.DueAt, next.ActBy, now));
}
