using System.ComponentModel;
using Cme.Web.Api.Referrals;

namespace Cme.Web.Api.Records;

/// <summary>A record of a child that the authority leads, to be opened.</summary>
public sealed record RecordDocument
{
    [Description("cme, missing-person or home-education.")]
    public required string Kind { get; init; }
    [Description("The first day of what it is about, such as the first day without a school; today unless said.")]
    public DateOnly? Since { get; init; }
    [Description("Why the child is missing education, as far as known, such as application-awaiting-outcome. An unknown one is answered with those there are.")]
    public string? Reason { get; init; }
    [Description("The reference of the child's record that led to it.")]
    public string? LinkedTo { get; init; }
    public string? Note { get; init; }
}

/// <summary>What a referral leads to.</summary>
public sealed record AcceptanceDocument
{
    [Description("cme, missing-person or home-education; as the referral says unless said, and cme for one of a whereabouts episode.")]
    public string? Kind { get; init; }
    [Description("The first day of what it is about; today unless said.")]
    public DateOnly? Since { get; init; }
    [Description("Why the child is missing education, as far as known.")]
    public string? Reason { get; init; }
    [Description("For a referral that nobody has matched: the child is on no roll here, and is made known by forename, surname and birth date.")]
    public ReferredChild? NewChild { get; init; }
    public string? Note { get; init; }
}
