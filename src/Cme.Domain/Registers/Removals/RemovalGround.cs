using System.Collections.Immutable;

namespace Cme.Domain.Registers.Removals;

/// <summary>One of the fifteen grounds on which a name may lawfully come off the roll. Source: FACTS B4 (regulation 9 of SI 2024/208).</summary>
/// <param name="Letter">As authorities' forms name it.</param>
/// <param name="Asks">The evidence that the school must give; what we can look up ourselves is not in it.</param>
public sealed record RemovalGround(string Letter, string Text, ImmutableArray<EvidenceAsked> Asks)
{
    public static readonly ImmutableArray<RemovalGround> All =
    [
        new("a", "Registered at another school",
        [
            new("new-school", "The pupil is registered at another school, and its name and starting date are known"),
            new("no-blocker", "There is no attendance order, this is no mobile child's main school, and no dual registration is agreed"),
        ]),
        new("b", "Not continuing after nursery", [new("not-continuing", "The pupil has finished nursery and does not continue at this school")]),
        new("c", "Also registered elsewhere, and the other schools consent", [new("consent", "Every other school at which the pupil is registered consents")]),
        new("d", "An attendance order now names another school", [new("attendance-order", "The changed attendance order is held")]),
        new("e", "The attendance order was revoked", [new("attendance-order", "The revocation is held")]),
        new("f", "The parent wrote that the child will be educated otherwise than at school", [new("parent-notice", "The parent's own notice in writing is held")]),
        new("g", "No longer lives within a reasonable distance", [new("new-address", "The new address is known and confirmed")]),
        new("h", "Not returned after leave of absence", []),
        new("i", "Continuously absent for 20 school days", []),
        new("j", "Detained under a sentence", [new("sentence", "The sentence and its length are confirmed")]),
        new("k", "Died", [new("confirmation", "The death is confirmed")]),
        new("l", "Over compulsory school age and not staying for the sixth form", [new("not-staying", "The pupil does not stay for the sixth form")]),
        new("m", "Boarding fees unpaid", [new("fees-unpaid", "The fees are unpaid at the end of the term for which they were due")]),
        new("n", "Ceased to be a pupil of an independent or non-maintained special school", [new("ceased", "The pupil has ceased to be a pupil of the school")]),
        new("o", "Permanently excluded", [new("exclusion-final", "The exclusion is final: the review has ended, or the time for asking for one")]),
    ];

    /// <summary>The grounds of a child whom nobody has found: they rest on the register, and on what school and authority did together.</summary>
    public static readonly ImmutableArray<RemovalGround> OfMissing = [.. All.Where(ground => ground.IsOfMissing)];

    /// <summary>Whether it is a ground of a child whom nobody has found.</summary>
    public bool IsOfMissing => Letter is "h" or "i";

    /// <summary>The ground of that letter, or null.</summary>
    public static RemovalGround? Find(string letter) => All.FirstOrDefault(ground => ground.Letter == letter);
}

/// <summary>A kind of evidence that a ground asks for.</summary>
public sealed record EvidenceAsked(string Id, string Text);
