using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Cme.Domain.Episodes;

/// <summary>Somebody or something that an act is about: who was asked, searched, told, met or visited.</summary>
/// <param name="Id">As published in <c>whom</c>.</param>
/// <param name="Words">As people read it.</param>
public sealed record Party(string Id, string Words);

/// <summary>Whom each action can be about. Source: the reference data's kinds of enquiry; DOR-19, DOR-21, DOR-24, DOR-25, DOR-55, SUF-26.</summary>
public static class Parties
{
    private static readonly Party Police = new("police", "the police");
    private static readonly Party ChildrensServices = new("childrens-services", "children’s services");
    private static readonly Party HomeOffice = new("home-office", "the Home Office");
    private static readonly Party OriginAuthority = new("origin-authority", "the authority the child moved from");
    private static readonly Party DestinationAuthority = new("destination-authority", "an authority the child may have moved to");
    private static readonly Party Family = new("family", "the family");
    private static readonly Party KnownAgency = new("known-agency", "an agency that knows the family");

    /// <summary>A child whom an enquiry has located there need not wait four weeks for the removal from the roll (DOR-28).</summary>
    public const string AlternativeProvider = "alternative-provider";

    private static readonly ImmutableArray<Party> Asked =
    [
        new("staff", "staff who may have had contact"), new("friends-and-parents", "friends and their parents"),
        new("siblings-same-school", "brothers and sisters at this school"), new("siblings-other-school", "brothers’ and sisters’ other schools"),
        new("known-relatives", "known relatives"), new("all-numbers", "every number on record or newly found"),
        new("neighbours", "neighbours and the local community"), new("authority-staff", "staff of the local authority"),
        new("other-addresses", "other addresses where the child may live"), new("referring-school", "the school that placed the child"), KnownAgency,
        new(AlternativeProvider, "alternative provision where the child may be"),
    ];

    private static readonly ImmutableArray<Party> Searched =
    [
        new("authority-databases", "the authority’s databases"), new("housing", "housing"), new("health", "health services"), Police, KnownAgency,
        OriginAuthority, DestinationAuthority, new("s2s", "the government’s school-to-school transfer site"), new("admissions", "admissions"), HomeOffice,
    ];

    private static readonly ImmutableArray<Party> Told =
    [
        new("education-welfare", "the education welfare service"), new("cme-officer", "the authority’s CME officer"), new("cme-lead", "the CME lead"),
        new("social-worker", "the child’s social worker"), ChildrensServices, Police, HomeOffice, new("commissioner", "the commissioning school or authority"),
        new("previous-school", "the previous school"), new("new-school", "the new school"), new("all-agencies", "every agency concerned"),
        new("missing-persons-unit", "the UK Missing Persons Unit"), new("duty-desk", "the authority’s duty desk"),
        new("home-office-enquiry-unit", "the Home Office Evidence and Enquiry Unit"),
        new("home-office-command", "the Home Office Command and Control Unit"), Family, OriginAuthority, DestinationAuthority,
    ];

    /// <summary>Who found a child: what must be told to whom depends on it (DOR-33, DOR-45, DOR-48, SUF-28).</summary>
    private static readonly ImmutableArray<Party> Finders =
    [
        new("school", "a school"), new("authority", "the authority"), Police, HomeOffice, Family,
        new("other-agency", "another agency"),
    ];

    private static readonly FrozenDictionary<string, ImmutableArray<Party>> ByAction = new Dictionary<string, ImmutableArray<Party>>
    {
        ["enquiry"] = Asked,
        ["check"] = Searched,
        [ActionNames.Notify] = Told,
        [ActionNames.Sighting] = Finders,
        ["agency-update"] = [Police, ChildrensServices, HomeOffice, KnownAgency],
        ["visit"] = [new("home", "the home"), new("other-address", "another address where the child may live")],
        ["meeting"] =
        [
            new("strategy-discussion", "a strategy discussion"), new("section-47", "a section 47 enquiry"),
            new("child-protection-conference", "a child protection conference"), new("joint-review", "a joint review"),
        ],
        // Whom a child runs to is a kind of person: who it was stands in the note, which fewer may read (DOR-57).
        [ActionNames.Found] =
        [
            new("alone", "alone"), new("parent", "a parent or carer"), new("relative", "a relative"), new("friends", "friends of the same age"),
            new("older-people", "older people who are no relatives"), new("group-of-concern", "people about whom there is concern"),
            new("professional", "somebody of a service"),
        ],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> InWords =
        ByAction.Values.SelectMany(parties => parties).Distinct().ToFrozenDictionary(party => party.Id, party => party.Words, StringComparer.Ordinal);

    /// <summary>Whom the action may name; none for an action that is about nobody else.</summary>
    public static ImmutableArray<Party> Of(string action) => ByAction.GetValueOrDefault(action, []);

    /// <summary>The party of that id in words; the id itself where the product has none.</summary>
    public static string Words(string id) => InWords.GetValueOrDefault(id, id);
}
