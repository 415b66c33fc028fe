using System.Collections.Immutable;
using Cme.Storage.People;
using Cme.Storage.Referrals;
using Cme.Storage.Schools;
using Cme.Web.Api.Referrals;
using Cme.Web.Pages.Wording;
using Cme.Web.Security;

namespace Cme.Web.Pages.Referrals;

/// <summary>A referral as an officer of the authority reads it.</summary>
/// <param name="From">The school that sent it, or the council.</param>
/// <param name="DecidedBy">The name of the officer who said which child it is, or looked last and found nobody; null if nobody has.</param>
public sealed record ReferralView(ReferralRecord Record, HeldReferral Held, string From, string? DecidedBy)
{
    /// <summary>Whom it is about, as far as it says.</summary>
    public string Name => $"{Held.Child.Forename} {Held.Child.Surname}".Trim() is { Length: > 0 } name ? name : "A child without a name";

    public bool Waits => Record.ChildId is null;

    /// <summary>Where it stands, and the colour of its tag.</summary>
    public (string Words, string Colour) Standing => Record switch
    {
        { ChildId: not null } => ("Matched", "govuk-tag--green"),
        { DecidedAt: not null } => ("Nobody found yet", "govuk-tag--yellow"),
        _ => ("New", "govuk-tag--blue"),
    };

    /// <summary>How it is known which child it is.</summary>
    public string MatchedBy => Record.MatchedBy switch
    {
        "upn" => "by its UPN",
        "name" => "by name and date of birth",
        _ => $"by {DecidedBy ?? "an officer"}, {(Record.DecidedAt is { } at ? Times.Full(at) : "")}",
    };

    /// <summary>What is said of the child, each with what it is; what was not said is left out.</summary>
    public ImmutableArray<(string Key, string Value)> Facts =>
    [
        .. new (string Key, string? Value)[]
        {
            ("Date of birth", Held.Child.DateOfBirth is { } born ? Times.Date(born) : null), ("UPN", Held.Child.Upn), ("Sex", Held.Child.Sex),
            ("Year", Held.Child.YearGroup is { } year ? Labels.YearGroup(year) : null), ("Last school known", Held.Child.School),
            ("Address", Record.AddressHidden ? "Hidden: it is shown to nobody here" : Held.Child.Address),
            ("Postcode", Held.Child.Postcode), ("First language", Held.Child.FirstLanguage), ("Who may know something", Lines(Held.Child.Contacts)),
            ("Brothers and sisters", Lines(Held.Child.Siblings)), ("Last seen", Held.Child.LastSeen), ("Anything else", Held.Child.Other),
        }.Where(fact => !string.IsNullOrWhiteSpace(fact.Value)).Select(fact => (fact.Key, fact.Value!)),
    ];

    private static string? Lines(ImmutableArray<string> lines) => lines.IsEmpty ? null : string.Join("; ", lines);
}

/// <summary>Reads referrals for the pages of the authority's officers.</summary>
public sealed class ReferralReader(IReferrals referrals, ISchools schools, IPeople people)
{
    /// <summary>A page of referrals, newest first, and whether there are more.</summary>
    /// <param name="before">Where the page before ended.</param>
    public async Task<(ImmutableArray<ReferralView> Page, bool More)> ListAsync(
        Viewer viewer, bool waiting, (DateTimeOffset, string)? before, int limit, CancellationToken cancel)
    {
        var found = await referrals.ListAsync(viewer.Authority, viewer.School, waiting, before, limit + 1, cancel);
        return ([.. await ViewsAsync(viewer, found.Take(limit), cancel)], found.Length > limit);
    }

    /// <summary>One referral; null if the authority has none so.</summary>
    public async Task<ReferralView?> FindAsync(Viewer viewer, string reference, CancellationToken cancel) =>
        await referrals.GetAsync(viewer.Authority, viewer.School, reference, cancel) is { } held ? (await ViewsAsync(viewer, [held], cancel)).Single() : null;

    private async Task<IEnumerable<ReferralView>> ViewsAsync(Viewer viewer, IEnumerable<ReferralRecord> records, CancellationToken cancel)
    {
        var places = (await schools.ListAsync(viewer.Authority, cancel: cancel)).ToDictionary(school => school.Urn, school => school.Name);
        // Somebody who has left decided all the same.
        var names = (await people.ListAsync(viewer.Authority, cancel: cancel)).ToDictionary(person => person.Id, person => person.Name);
        return records.Select(record => new ReferralView(
            record, ReferralEndpoints.Held(record, viewer), record.Organisation == viewer.Authority ? "The council" : places.GetValueOrDefault(record.Organisation, record.Organisation),
            record.DecidedBy is { } by ? names.GetValueOrDefault(by, by) : null));
    }
}
