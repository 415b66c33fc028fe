using System.Collections.Frozen;

namespace Cme.Domain.Procedures;

/// <summary>Under which heading of its document a clause is found, for somebody who wants to read it there.</summary>
/// <remarks>Source: the county's page itself, and FACTS B3 to B8 for the national framework.</remarks>
public static class Clauses
{
    private const string DayOne = "Day 1 - Phone call";
    private const string Responsibilities = "What are a school's responsibilities when a child is absent?";
    private const string AfterTheForm = "What happens when I've completed a form?";

    private static readonly FrozenDictionary<string, string> Headings = new Dictionary<string, string>
    {
        ["NOR-01"] = "Children missing from education",
        ["NOR-02"] = Responsibilities,
        ["NOR-03"] = Responsibilities,
        ["NOR-04"] = Responsibilities,
        ["NOR-05"] = DayOne,
        ["NOR-06"] = DayOne,
        ["NOR-07"] = DayOne,
        ["NOR-08"] = DayOne,
        ["NOR-09"] = DayOne,
        ["NOR-10"] = "Day 2 - Follow up phone call",
        ["NOR-11"] = "Day 3 - Write/email parents",
        ["NOR-12"] = "Day 5/6 - Home visit",
        ["NOR-13"] = "Once you have completed these checks (or within 10 days, whichever is earlier)",
        ["NOR-14"] = "How do I report a child missing from education?",
        ["NOR-15"] = AfterTheForm,
        ["NOR-16"] = AfterTheForm,
        ["B3"] = "Regulation 10: attendance registers and codes",
        ["B4"] = "Regulation 9: deleting a name",
        ["B5"] = "Regulation 13: returns to the authority",
        ["B7"] = "Working together to improve school attendance: first-day contact",
        ["B8"] = "Children missing education: duties of schools and authorities",
    }.ToFrozenDictionary();

    /// <summary>The heading, or null where nobody has noted one.</summary>
    public static string? HeadingOf(string clause) => Headings.GetValueOrDefault(clause);
}
