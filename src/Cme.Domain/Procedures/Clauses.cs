using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;

namespace Cme.Domain.Procedures;

/// <summary>Under which heading of its document a clause is found, for somebody who wants to read it there.</summary>
/// <remarks>Source: the documents themselves, and FACTS B3 to B8 for the national framework.</remarks>
public static class Clauses
{
    private const string DayOne = "Day 1 - Phone call";
    private const string Responsibilities = "What are a school's responsibilities when a child is absent?";
    private const string AfterTheForm = "What happens when I've completed a form?";

    /// <summary>Of the other documents: the rules from one number to another stand under one heading.</summary>
    private static readonly ImmutableArray<(string Document, int From, int To, string Heading)> Ranges =
    [
        ("CHE", 1, 2, "Children missing education"),
        ("CHE", 3, 3, "Why it is important to get children back to school"),
        ("CHE", 4, 11, "Report a concern about a child missing education or who may be missing from the area"),
        ("CHE", 12, 12, "Further information"),
        ("DOR", 1, 2, "Definition of Children Missing Education"),
        ("DOR", 3, 9, "Recognition and Response"),
        ("DOR", 10, 13, "Children missing from education but not missing from home"),
        ("DOR", 14, 19, "Notifications and Actions: Day one of notification"),
        ("DOR", 20, 22, "Reasonable enquiry"),
        ("DOR", 23, 27, "Further Actions"),
        ("DOR", 28, 30, "Child missing from school for more than four weeks"),
        ("DOR", 31, 34, "Transfer of information when a pupil changes school"),
        ("DOR", 35, 48, "Children who are Foreign Nationals and go Missing"),
        ("MID", 1, 2, "Definition of Children Missing in Education"),
        ("MID", 3, 4, "Risks"),
        ("MID", 5, 7, "Recognition"),
        ("MID", 8, 12, "Response"),
        ("MID", 13, 15, "Notifications and Actions where there are safeguarding concerns"),
        ("MID", 16, 16, "Further action"),
        ("SUF", 1, 3, "2.0 Purpose"),
        ("SUF", 4, 6, "3.0 The Meaning of Children Missing Education"),
        ("SUF", 7, 8, "4.0 Legislative Framework"),
        ("SUF", 9, 12, "5.0 Tracking and Monitoring"),
        ("SUF", 13, 13, "6.0 Children for whom there are Child Protection or other Serious Welfare Concerns"),
        ("SUF", 14, 16, "7.0 Reducing the risk of children going missing from education"),
        ("SUF", 17, 17, "8.0 Maintaining a database"),
        ("SUF", 18, 19, "9.0 Key stakeholders"),
        ("SUF", 20, 24, "10.0 How to report a Child Missing Education"),
        ("SUF", 25, 31, "11.0 Children who go missing from School or Alternative Provision"),
        ("SUF", 32, 33, "12. Contact Details"),
    ];

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
    public static string? HeadingOf(string clause) => Headings.GetValueOrDefault(clause) ?? (clause.Split('-') is [var document, var number]
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var rule)
            ? Ranges.Where(range => range.Document == document && rule >= range.From && rule <= range.To).Select(range => range.Heading).FirstOrDefault() : null);
}
