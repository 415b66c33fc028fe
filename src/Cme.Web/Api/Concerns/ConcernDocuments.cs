using System.Collections.Immutable;
using System.ComponentModel;

namespace Cme.Web.Api.Concerns;

/// <summary>What anybody reports of a child. Everything may be left out but one thing by which the child can be recognised.</summary>
public record ConcernDocument
{
    [Description("The code of the council that it is for. Left out, the postcode tells; where this service has one council only, nothing need be said.")]
    public string? Authority { get; init; }
    [Description("Where the child lives or was last seen; it finds the council where no authority is given.")]
    public string? Postcode { get; init; }
    [Description("missing-education, missing-from-area or other; other unless said.")]
    public string Worry { get; init; } = "other";
    [Description("Whether you think that the child is in danger now: yes, no or unknown; unknown unless said. If yes, call 999: nobody may read this at once.")]
    public string ImmediateDanger { get; init; } = "unknown";
    public ConcernChild Child { get; init; } = new();
    [Description("What was seen or heard.")]
    public string? Seen { get; init; }
    [Description("When that was, in any words.")]
    public string? SeenWhen { get; init; }
    [Description("Other children in the household.")]
    public string? OtherChildren { get; init; }
    [Description("The language that the family speaks.")]
    public string? Language { get; init; }
    [Description("Who reports, as far as they want to say; left out, the report is anonymous. It is kept apart from all the rest, and never shown with the child's record.")]
    public ReporterDocument? Reporter { get; init; }
}

/// <summary>The child, as far as known: at least one of name, school, address, postcode and description.</summary>
public sealed record ConcernChild
{
    public string? Name { get; init; }
    [Description("In any words, such as about 9.")]
    public string? Age { get; init; }
    public DateOnly? DateOfBirth { get; init; }
    [Description("The school that the child goes or went to, in any words.")]
    public string? School { get; init; }
    public string? Address { get; init; }
    public string? Postcode { get; init; }
    [Description("What the child looks like, or anything else to recognise it by.")]
    public string? Description { get; init; }
}

/// <summary>Who reports.</summary>
public sealed record ReporterDocument
{
    public string? Name { get; init; }
    public string? Phone { get; init; }
    public string? Email { get; init; }
    [Description("How the reporter knows the child or family.")]
    public string? Relationship { get; init; }
    [Description("Whether the council may get in touch to ask for more; false unless said.")]
    public bool MayContact { get; init; }

    /// <summary>True if nothing is known of the reporter.</summary>
    internal bool IsNobody => this is { Name: null, Phone: null, Email: null, Relationship: null };
}

/// <summary>That a concern was received. It says nothing of the child: not even whether anybody knows it.</summary>
public sealed record ConcernReceipt(string Reference);

/// <summary>A concern as the council holds it, without anything of who reported.</summary>
public sealed record HeldConcern
{
    public required string Reference { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    [Description("How it came: form, interface, phone or email.")]
    public required string Channel { get; init; }
    public required string Worry { get; init; }
    [Description("The reporter's own word: yes, no or unknown.")]
    public required string ImmediateDanger { get; init; }
    [Description("received, screened, matched, not-known, checked, family-contacted or closed.")]
    public required string Stage { get; init; }
    [Description("immediate-danger, safeguarding, education or out-of-scope, once somebody has said so.")]
    public string? Risk { get; init; }
    public required ConcernChild Child { get; init; }
    public string? Language { get; init; }
    [Description("The child whom it is about, once somebody has said so.")]
    public string? ChildId { get; init; }
    [Description("The episode that it joined.")]
    public string? Episode { get; init; }
    [Description("Who works on it; left out while it is the whole duty desk's.")]
    public string? Holder { get; init; }
    [Description("Why it was closed; left out while it is open.")]
    public string? Outcome { get; init; }
    [Description("True where narrative is held and not given to a key: it is for people.")]
    public bool Withheld { get; init; }
    [Description("What is owed and was done, by when it is due.")]
    public required ImmutableArray<ConcernDutyDocument> Duties { get; init; }
    public required long Version { get; init; }
}

/// <summary>Something that is owed about a concern, or was done.</summary>
public sealed record ConcernDutyDocument
{
    public required string Step { get; init; }
    public required string Clause { get; init; }
    public required string What { get; init; }
    public required string Who { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public required DateTimeOffset ActBy { get; init; }
    [Description("due, overdue, satisfied, suppressed or superseded.")]
    public required string State { get; init; }
    public required string Level { get; init; }
}

/// <summary>A page of concerns.</summary>
public sealed record ConcernList(ImmutableArray<HeldConcern> Data);

/// <summary>Something that was done about a concern.</summary>
/// <param name="Whom">Who was asked, searched or told; for check and share.</param>
/// <param name="Way">call, message, letter or visit; for contact-family.</param>
/// <param name="ChildId">For match: the child.</param>
/// <param name="Officer">For give-to: the name of the officer.</param>
/// <param name="At">When it was done; now unless said.</param>
public sealed record ConcernActionDocument(
    string Action, string? Outcome, string? Whom, string? Way, string? ChildId, string? Officer, string? Note, DateTimeOffset? At);
