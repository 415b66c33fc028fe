using Cme.Domain.Episodes;
using Cme.Domain.Registers;
using Cme.Web.Security;

namespace Cme.Web.Pages.Wording;

/// <summary>What the ids of the published contract are called on a page. An id that is not listed is written out as words.</summary>
public static class Labels
{
    /// <summary>With whom an episode is, by the level it has climbed to (0 to 4): "With the DSL".</summary>
    /// <param name="kind">Of which kind: what an authority leads is with the council from the beginning.</param>
    public static string With(int level, string kind = EpisodeKinds.Whereabouts) => $"With {Level(level, kind)}";

    /// <summary>Who has it at a level (0 to 4), inside a sentence: "the DSL".</summary>
    public static string Level(int level, string kind = EpisodeKinds.Whereabouts) => level switch
    {
        0 => kind == EpisodeKinds.Whereabouts ? "the school" : "the council",
        1 => Who(Roles.Dsl),
        2 => Who(Roles.Head),
        3 => Who(Roles.DutyDesk),
        _ => Who(Roles.CmeLead),
    };

    /// <summary>Who does a step, inside a sentence: "the DSL", "the attendance officer".</summary>
    public static string Who(string role) => role switch
    {
        Roles.AttendanceOfficer => "the attendance officer",
        Roles.Dsl => "the DSL",
        Roles.DeputyDsl => "the deputy DSL",
        Roles.Head => "the head",
        Roles.DutyDesk => "the duty desk",
        Roles.TrackingOfficer => "the tracking officer",
        Roles.CmeLead => "the CME lead",
        _ => $"the {role.Replace('-', ' ')}",
    };

    /// <summary>Who does a step, by itself: "DSL", "Attendance officer".</summary>
    public static string Role(string role) => Who(role)[4..] switch { var who => char.ToUpperInvariant(who[0]) + who[1..] };

    /// <summary>"Year 7", "Reception", "Nursery"; as given where it is none of these.</summary>
    public static string YearGroup(string year) => year switch
    {
        "R" => "Reception",
        "N1" or "N2" or "N" => "Nursery",
        _ when int.TryParse(year, out _) => $"Year {year}",
        _ => year,
    };

    /// <summary>What a session's code says, as "N, no reason yet"; a blank register is "no mark".</summary>
    public static string Code(string code) => code switch
    {
        "" => "no mark",
        "N" => "N, no reason yet",
        "O" => "O, absent without a reason",
        "G" => "G, holiday without leave",
        "U" => "U, late after registration closed",
        _ => code,
    };

    /// <summary>One of the five counts, in a word or two.</summary>
    public static string Count(string count) => count switch
    {
        CountName.Whereabouts => "Without explanation",
        CountName.Irregular => "Irregular",
        CountName.GroundI => "Ground i",
        CountName.GroundH => "Ground h",
        _ => "Sickness",
    };

    /// <summary>The kind of an episode or a referral: "Whereabouts not known".</summary>
    public static string Kind(string kind) => kind switch
    {
        "whereabouts" => "Whereabouts not known",
        "cme" => "Child missing education",
        "missing-person" => "Missing person",
        "home-education" => "Home education",
        _ => Words(kind),
    };

    /// <summary>What the first day of a record of that kind is called.</summary>
    public static string Since(string kind) => kind switch
    {
        EpisodeKinds.Cme => "Without education since",
        EpisodeKinds.MissingPerson => "Missing since",
        EpisodeKinds.HomeEducation => "Educated at home since",
        _ => "First day missing",
    };

    /// <summary>The clause that requires a step, for someone who knows the procedure: "NOR-06", or the product's own.</summary>
    public static string Clause(string clause) => clause == "product" ? "added by this service" : clause;

    /// <summary>Whose procedure it is, by its id: "Pan-Dorset", "Cheshire East".</summary>
    public static string Procedure(string id) => id switch
    {
        "pan-dorset" => "Pan-Dorset",
        "cheshire-east" => "Cheshire East",
        "midlands-school" => "A school in the Midlands",
        "suffolk-alternative-provider" => "An alternative provider in Suffolk",
        "england-2024" => "The national framework, 2024",
        "cme-episode" => "Children on no roll",
        "missing-person" => "Children reported to the police",
        "home-education" => "Children educated at home",
        "product" => "This service’s own steps",
        _ => Words(id),
    };

    /// <summary>An id written out: <c>first-day</c> is "First day", <c>consult-dsl</c> is "Consult DSL".</summary>
    public static string Words(string id) =>
        Sentence(string.Join(' ', id.Split('-', '_').Select(word => word switch { "dsl" => "DSL", "csc" => "social care", "ctf" => "CTF", "n" => "N", _ => word })));

    /// <summary>Words as a sentence begins them.</summary>
    public static string Sentence(string words) => words.Length == 0 ? "" : char.ToUpperInvariant(words[0]) + words[1..];
}
