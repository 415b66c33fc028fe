using System.Collections.Immutable;
using Cme.Domain.Episodes;

namespace Cme.Domain.Enquiries;

/// <summary>One address, or one other child of the family, of those that are enquired into one by one.</summary>
/// <param name="Ref">Which one: the key of the address, or the child's id.</param>
/// <param name="Line">The line of the checklist that it belongs to.</param>
/// <param name="Acts">The numbers of the acts that were about it, oldest first.</param>
public sealed record EnquiredOne(string Ref, string Line, EnquiryState State, ImmutableArray<int> Acts)
{
    /// <summary>Whether somebody must still see to it.</summary>
    public bool IsOpen => State is EnquiryState.ToAsk or EnquiryState.AssessFirst;
}

/// <summary>
/// What one act alone does not do: every address where the child may live is visited, or somebody says why not (SUF-26), and every other child
/// of the family is asked after at that child's school (CHE-11). An act says by its evidence which one it was about.
/// </summary>
public static class OneByOne
{
    /// <summary>Kinds of evidence that name the one that an act was about.</summary>
    public const string Address = "address", Child = "child";

    private static readonly ImmutableArray<string> AboutSiblings = ["siblings-same-school", "siblings-other-school"];

    /// <summary>How one address stands.</summary>
    /// <param name="isHome">The address that the episode's own school has: a visit to the home is one to it.</param>
    /// <param name="done">What was done and stands, with its number.</param>
    public static EnquiredOne OfAddress(string key, bool isHome, IEnumerable<(int Number, Deed Deed)> done, bool assessed, bool doNotContact)
    {
        var about = done.Where(one => IsAbout(one.Deed, Address, key) || (isHome && one.Deed is { Action: "visit", Whom: null or "home" } visit && !Names(visit, Address))).ToList();
        var state = about.Any(one => one.Deed.Action == "visit") ? EnquiryState.Asked
            : about.Any(one => one.Deed is { Action: "enquiry", Outcome: "not-appropriate" }) ? EnquiryState.LeftOut
            : doNotContact ? EnquiryState.Stopped
            : assessed ? EnquiryState.ToAsk : EnquiryState.AssessFirst;
        return new(key, isHome ? "visit-home" : "visit-other-address", state, [.. about.Select(one => one.Number)]);
    }

    /// <summary>How another child of the family stands.</summary>
    /// <param name="sameSchool">The child goes to the episode's own school.</param>
    public static EnquiredOne OfSibling(string childId, bool sameSchool, IEnumerable<(int Number, Deed Deed)> done)
    {
        var about = done.Where(one => one.Deed.Action == "enquiry" && AboutSiblings.Contains(one.Deed.Whom ?? "") && IsAbout(one.Deed, Child, childId)).ToList();
        var state = about.LastOrDefault().Deed?.Outcome switch { null when about.Count == 0 => EnquiryState.ToAsk, "not-appropriate" => EnquiryState.LeftOut, _ => EnquiryState.Asked };
        return new(childId, sameSchool ? "enquiry-siblings-same-school" : "enquiry-siblings-other-school", state, [.. about.Select(one => one.Number)]);
    }

    /// <summary>A line is done once each of its addresses or children is: an act about one of them leaves the others to be asked.</summary>
    public static EnquiryLine Weigh(EnquiryLine line, IEnumerable<EnquiredOne> ones) =>
        line.State == EnquiryState.Asked && ones.FirstOrDefault(one => one.Line == line.Id && one.IsOpen) is { } open ? line with { State = open.State } : line;

    private static bool IsAbout(Deed deed, string kind, string which) => deed.Evidence.Any(one => one.Kind == kind && one.Ref == which);

    private static bool Names(Deed deed, string kind) => deed.Evidence.Any(one => one.Kind == kind);
}
