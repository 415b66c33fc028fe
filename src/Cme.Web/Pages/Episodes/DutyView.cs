using System.Collections.Immutable;
using Cme.Contracts.Episodes;
using Cme.Web.Pages.Episodes.Record;
using Cme.Web.Pages.Wording;

namespace Cme.Web.Pages.Episodes;

/// <summary>Something to be done about an episode, in words.</summary>
public sealed record DutyView
{
    public required string Id { get; init; }
    public required string What { get; init; }
    public required string Who { get; init; }
    public required DeadlineView Deadline { get; init; }
    /// <summary><c>overdue</c>, <c>due</c>, or <c>pending</c>: not yet, but coming.</summary>
    public required string State { get; init; }
    public required string Why { get; init; }
    public required string Clause { get; init; }
    public required string Anchor { get; init; }
    /// <summary>With whom it is now that it is overdue; null while it is not.</summary>
    public required string? ClimbedTo { get; init; }
    /// <summary>The forms that do it.</summary>
    public required ImmutableArray<DutyForm> Forms { get; init; }

    public bool Late => State == "overdue";
    /// <summary>True if the rule's time is another than the one after which it counts as overdue.</summary>
    public bool HasGrace => Deadline.DueAt != Deadline.ActBy;

    /// <param name="kind">The kind of record that it is of.</param>
    public static DutyView Of(ObligationView it, string kind, DateTimeOffset now) => new()
    {
        Id = it.Id,
        What = it.What,
        Who = Labels.Role(it.Role),
        Deadline = DeadlineView.Of(it.DueAt, it.ActBy, now),
        State = it.State == "due" && now >= it.ActBy ? "overdue" : it.State,
        Why = it.Why,
        Clause = Labels.Clause(it.Clause),
        Anchor = it.Anchor,
        ClimbedTo = it.Level > 0 ? $"with {Labels.Level(it.Level, kind)}" : null,
        Forms = [.. it.SatisfiedBy.Select(by => ActForms.For(by.Action, kind) is { } form ? new DutyForm(form, by.Whom is [var one] ? one : null) : null).OfType<DutyForm>()],
    };
}

/// <summary>A form that does a step.</summary>
/// <param name="Whom">Whom the step asks for, where it asks for one; null where it does not matter.</param>
public sealed record DutyForm(ActForm Form, string? Whom);
