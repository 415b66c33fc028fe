using System.Collections.Immutable;
using System.ComponentModel;

namespace Cme.Web.Api.Referrals;

/// <summary>What somebody reports of a child.</summary>
public record ReferralDocument
{
    public ReferredChild Child { get; init; } = new();
    [Description("whereabouts, cme, missing-person or home-education; cme unless said.")]
    public string Kind { get; init; } = "cme";
    [Description("What worries you.")]
    public string Concerns { get; init; } = "";
    public ReferrerDocument Referrer { get; init; } = new() { Name = "", Role = "" };
    [Description("What was done to find the child, one thing each.")]
    public ImmutableArray<string> EnquiriesDone { get; init; } = [];
}

/// <summary>The child, as far as known: at least a UPN or a name.</summary>
public sealed record ReferredChild
{
    public string? Upn { get; init; }
    public string? Forename { get; init; }
    public string? Surname { get; init; }
    public DateOnly? DateOfBirth { get; init; }
    public string? Sex { get; init; }
    public string? YearGroup { get; init; }
    [Description("The last school known, by URN or name.")]
    public string? School { get; init; }
    public string? Address { get; init; }
    public string? Postcode { get; init; }
    public string? FirstLanguage { get; init; }
    [Description("Who may know something, with telephone numbers.")]
    public ImmutableArray<string> Contacts { get; init; } = [];
    public ImmutableArray<string> Siblings { get; init; } = [];
    public string? LastSeen { get; init; }
    public string? Other { get; init; }
}

/// <summary>Who refers the child.</summary>
public sealed record ReferrerDocument
{
    public required string Name { get; init; }
    public required string Role { get; init; }
    public string? Org { get; init; }
    public string? Phone { get; init; }
    public string? Email { get; init; }
}

/// <summary>A referral as it is held.</summary>
public sealed record HeldReferral : ReferralDocument
{
    public required string Reference { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    [Description("Who referred: a URN, or the authority's code.")]
    public required string Organisation { get; init; }
    [Description("The episode that it joined, where that is your organisation's.")]
    public string? Episode { get; init; }
    [Description("True where narrative and names of whoever told of it are held and not given to a key: they are for people.")]
    public bool? Withheld { get; init; }
    [Description("For the authority: the child whom it is about.")]
    public string? ChildId { get; init; }
    [Description("For the authority: upn, name, person where somebody of the authority said so, or nobody while a person must find out whom it is about.")]
    public string? MatchedBy { get; init; }
}

/// <summary>A page of referrals.</summary>
public sealed record ReferralList(ImmutableArray<HeldReferral> Data);
