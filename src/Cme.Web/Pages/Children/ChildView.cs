using System.Collections.Immutable;
using Cme.Contracts.Children;
using Cme.Domain.Calendars;
using Cme.Domain.Children;
using Cme.Storage.Episodes;
using Cme.Storage.Concerns;
using Cme.Storage.Referrals;
using Cme.Storage.Schools;
using Cme.Web.Api.Admissions;
using Cme.Web.Pages.Episodes;
using Cme.Web.Pages.Wording;
using Cme.Web.Records;
using Cme.Web.Security;

namespace Cme.Web.Pages.Children;

/// <summary>A child as one viewer may read it: what is not theirs to see is not in here.</summary>
public sealed record ChildView
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string Year { get; init; }
    /// <summary>Null if no school has given one.</summary>
    public required string? Upn { get; init; }
    public required DateOnly DateOfBirth { get; init; }
    /// <summary>In years, on the day it is shown.</summary>
    public required int Age { get; init; }
    public required string? FirstLanguage { get; init; }
    /// <summary>The schools that the viewer may read of, those that have the child now first.</summary>
    public required ImmutableArray<PlaceView> Places { get; init; }
    /// <summary>Null if it must not be shown, or if nobody has given one.</summary>
    public required ImmutableArray<string>? Address { get; init; }
    /// <summary>The address is given to nobody here.</summary>
    public required bool AddressHidden { get; init; }
    /// <summary>Whoever is to be called first, first.</summary>
    public required ImmutableArray<ContactView> Contacts { get; init; }
    /// <summary>What the viewer may read of the child.</summary>
    public required Access Access { get; init; }
    public required ImmutableArray<FlagLine> Flags { get; init; }
    /// <summary>The flags in force, for the bar above the page.</summary>
    public required ImmutableArray<FlagView> Badges { get; init; }
    /// <summary>What the authority changed, the latest first.</summary>
    public required ImmutableArray<FlagChange> Changes { get; init; }
    /// <summary>The version of the authority's flags: what a change presumes.</summary>
    public required long FlagsVersion { get; init; }
    /// <summary>Nobody but whom the DSL names is to contact the family.</summary>
    public required bool DoNotContact { get; init; }
    /// <summary>Only some ways to reach the family are safe.</summary>
    public required bool SafeContactOnly { get; init; }
    /// <summary>Which documents were seen at each admission.</summary>
    public required ImmutableArray<AdmissionNow> Documents { get; init; }
    /// <summary>Whether the child misses education.</summary>
    public required EducationNow Education { get; init; }
    /// <summary>Open ones first, then the latest first.</summary>
    public required ImmutableArray<EpisodeRow> Episodes { get; init; }
    /// <summary>What was referred of the child, newest first; for the authority's officers.</summary>
    public required ImmutableArray<ReferralRecord> Referrals { get; init; }
    /// <summary>What the public reported of the child: the authority's alone.</summary>
    public required ImmutableArray<ConcernRecord> Concerns { get; init; }
    public required ImmutableArray<LeaveView> Leaves { get; init; }
    /// <summary>Null where the child's links are hidden, as they would tell where the child lives.</summary>
    public required ImmutableArray<FamilyChild>? Linked { get; init; }
}

/// <summary>A child's time at a school.</summary>
/// <param name="Now">The school's list has the child.</param>
/// <param name="Left">What became of it, for a school that has the child no longer; else empty.</param>
public sealed record PlaceView(string Urn, string School, string PupilId, DateOnly From, DateOnly? To, bool Now, string Left)
{
    public static PlaceView Of(ChildPupil at, string school, DateOnly today)
    {
        var pupil = at.Pupil;
        var now = pupil.OnList && !(pupil.LeavingDate < today);
        var left = now ? "" : pupil switch
        {
            { Ground: { Length: > 0 } ground, Destination: { Length: > 0 } destination } => $"Removed on ground {ground}, went to {destination}",
            { Ground: { Length: > 0 } ground } => $"Removed on ground {ground}. Where the child went is not known",
            _ => "The school has not said why, or where the child went",
        };
        return new PlaceView(at.Urn, school, pupil.SchoolPupilId, pupil.EntryDate, pupil.LeavingDate, now, left);
    }
}

/// <summary>Someone to reach about the child.</summary>
/// <param name="Order">1 is called first; null where no order was given.</param>
public sealed record ContactView(string Name, string Relationship, bool ParentalResponsibility, int? Order, ImmutableArray<string> Phones, string? Email);

/// <summary>A flag in force, and who says so.</summary>
/// <param name="ReviewOn">Null for a flag of a roll, which nobody has to review here.</param>
/// <param name="ReviewLate">The day of its review has passed.</param>
public sealed record FlagLine(FlagView Flag, string Source, DateOnly? ReviewOn, bool ReviewLate, string? Note);

/// <summary>A change that the authority made to a child's flags.</summary>
/// <param name="What">Such as "Set: Looked after child. Cleared: Young carer."</param>
public sealed record FlagChange(DateTimeOffset At, string What, string Reason)
{
    /// <summary>The history as what each change did, the latest first; flags that the viewer does not see are left out.</summary>
    public static ImmutableArray<FlagChange> Of(FlagsView view, Func<ChildFlag, bool> sees, bool readsReasons)
    {
        var changes = new List<FlagChange>();
        ImmutableArray<ChildFlag> before = [];
        foreach (var change in view.History)
        {
            var after = change.Flags.Where(sees).ToImmutableArray();
            changes.Insert(0, new FlagChange(change.At, Words(before, after), readsReasons ? change.Reason : ""));
            before = after;
        }
        return [.. changes.Where(change => change.What.Length > 0)];
    }

    private static string Words(ImmutableArray<ChildFlag> before, ImmutableArray<ChildFlag> after)
    {
        var set = after.Where(flag => before.All(old => old.Id != flag.Id)).Select(Label).ToArray();
        var cleared = before.Where(old => after.All(flag => flag.Id != old.Id)).Select(Label).ToArray();
        var changed = after.Where(flag => before.Any(old => old.Id == flag.Id && old != flag)).Select(Label).ToArray();
        return string.Join(" ", new[] { Part("Set", set), Part("Cleared", cleared), Part("Changed", changed) }.Where(part => part.Length > 0));
    }

    private static string Part(string did, string[] flags) => flags.Length == 0 ? "" : $"{did}: {string.Join(", ", flags)}.";

    private static string Label(ChildFlag flag) => Flags.Find(flag.Id)?.Label ?? Labels.Words(flag.Id);
}

/// <summary>Leave that a school granted, as it stands.</summary>
public sealed record LeaveView(string School, DateOnly From, DateOnly ExpectedReturn, string Reason, string AuthorisedBy, bool Cancelled);
