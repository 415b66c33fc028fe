using System.Collections.Immutable;
using System.Globalization;
using Cme.Domain.Children;
using Cme.Domain.Episodes;
using Cme.Storage.Reports;
using Cme.Web.Pages.Episodes.Record;
using Cme.Web.Pages.Pictures;

namespace Cme.Web.Pages.Reports;

/// <summary>From counts to the tables of a report, each with its definition. Numbers from one to four are shown nowhere (ADR 0301).</summary>
/// <param name="Schools">By URN, in the order in which they are listed; null for the report of one school.</param>
internal sealed record ReportBook(
    ReportPeriod Period, ImmutableArray<ReportCount> Now, ImmutableArray<ReportCount> Before, ImmutableArray<(string Urn, string Name)>? Schools)
{
    private static readonly ImmutableArray<(string, string)> s_ages =
    [
        ("0", "Under 5"), ("5", "5 to 7"), ("8", "8 to 10"), ("11", "11 to 13"), ("14", "14 to 16"), ("17", "17 and over"), ("", "Not known"),
    ];

    private static readonly ImmutableArray<(string, string)> s_sexes = [("F", "Female"), ("M", "Male"), ("", "Not known")];

    private static readonly ImmutableArray<(string, string)> s_care = [("in-care", "In care"), ("not-in-care", "Not in care")];

    private static readonly ImmutableArray<(string, string)> s_times =
        [("1", "The child’s only one in the period"), ("2", "Of children with two"), ("3", "Of children with three"), ("4", "Of children with four or more")];

    private static readonly ImmutableArray<(string, string)> s_weekdays =
    [
        ("1", "Monday"), ("2", "Tuesday"), ("3", "Wednesday"), ("4", "Thursday"), ("5", "Friday"), ("6", "Saturday"), ("7", "Sunday"),
    ];

    private int Episodes => One(Now, "episodes");

    /// <summary>Everything that the report says, in order.</summary>
    public ImmutableArray<ReportTable> Tables() =>
    [
        AtAGlance(), .. Children(), Length(), Ends(), .. Schools is { } schools ? [OfSchools(schools)] : ImmutableArray<ReportTable>.Empty, .. HotSpots(), .. AfterReturn(),
    ];

    private ReportTable AtAGlance() => new(
        "glance", "At a glance", "The numbers of this period beside those of the one before. Those after the first are of some of its episodes.",
        ["", Period.Words, Period.Earlier.Words],
        [
            Both("Episodes that began", (all, _) => SmallNumbers.Alone(One(all, "episodes"))),
            Both("Children", (all, whole) => HidesTimes(all) ? new Count(SmallNumbers.Shown, Hidden: true) : SmallNumbers.OfWhole(One(all, "children"), whole)),
            Some("Still open", "open"), Some("Repeats: of a child who goes missing again and again", "repeat"),
            Both("Of children in care", (all, whole) => SmallNumbers.OfWhole(Of(all, "care", "in-care"), whole)),
            Some("Reported to the police", "police"), Some("Referred to social care", "social-care"),
            Some("Hidden missing: known through another service, and never reported to the police", "hidden"),
        ]);

    private IEnumerable<ReportTable> Children() =>
    [
        Parts("age", "Age", "Episodes by the child’s age on the first day missing.", "Age in years", s_ages),
        Parts("sex", "Sex", "Episodes by the child’s sex as the school’s roll has it.", "Sex",
            [.. s_sexes, .. Names("sex").Except(s_sexes.Select(sex => sex.Item1)).Select(name => (name, name))]),
        Parts("care", "Children in care",
            "Episodes of children looked after or under a care order when the episode was open: for the corporate parenting board, and for the annual return on looked-after children.",
            "The child is", s_care),
        ReportTable.OfSome("flags", "Legal status, vulnerability and other lists",
            "Episodes of children with each flag. A child may have several, so that they do not add up. Flags that only named people may read are left out.",
            "Flag", Episodes, [.. Flags.All.Where(flag => flag.Severity is not (FlagSeverity.NeedToKnow or FlagSeverity.SpecialFlow))
                .Select(flag => (flag.Label, Number: Of(Now, "flag", flag.Id))).Where(flag => flag.Number > 0).OrderBy(flag => flag.Label, StringComparer.Ordinal)]),
        Parts("times", "Episodes of the same child", "Episodes by how many the child had in the period.", "The episode is", s_times),
    ];

    private ReportTable Length() => Parts(
        "length", "How long children were missing", "Episodes by calendar days from the first day missing until they were closed.", "Days missing",
        [.. Charts.Lengths.Select((words, at) => ((at + 1).ToString(CultureInfo.InvariantCulture), words)), ("open", "Still open")]);

    private ReportTable Ends() => Parts(
        "ends", "How they ended", "Episodes by the reason for which they were closed.", "Reason", "closure",
        [.. Names("closure").Where(name => name.Length > 0).Select(name => (name, ClosureReasons.Text(name))), ("", "Still open")]);

    private ReportTable OfSchools(ImmutableArray<(string Urn, string Name)> schools) => Parts(
        "schools", "By school and provider",
        "Episodes by the school or provider where the child was missing. Those with none stand here too: where there is less than would be expected, somebody should ask why.",
        "School or provider", "school", schools);

    private IEnumerable<ReportTable> HotSpots() =>
    [
        Parts("areas", "By area",
            "Episodes by the first part of the postcode of the child’s home. Homes that must be hidden from anybody are counted as not told.", "Area", "area",
            [.. Names("area").Where(name => name.Length > 0).Order(StringComparer.Ordinal).Select(name => (name, name)), ("", "Not known, or not told")]),
        Parts("months", "By month", "Episodes by the month of the first day missing.", "Month", "month",
            [.. Names("month").Concat(Period.Months.Select(month => month.ToString("yyyy-MM", CultureInfo.InvariantCulture))).Distinct().Order(StringComparer.Ordinal)
                .Select(name => (name, DateOnly.ParseExact(name, "yyyy-MM", CultureInfo.InvariantCulture).ToString("MMMM yyyy", CultureInfo.GetCultureInfo("en-GB"))))]),
        Parts("weekdays", "By day of the week", "Episodes by the day of the week of the first day missing.", "Day", "weekday", [.. s_weekdays.Where(day => day.Item1[0] < '6' || Of(Now, "weekday", day.Item1) > 0)]),
        Parts("places", "Where children were found", "Episodes of which somebody recorded where the child was found, by the last record.", "Place", "place", ChoicesOf(ActionNames.Found)),
        Parts("company", "With whom children were found", "The same episodes, by the company in which the child was found.", "With", "company",
            [.. Parties.Of(ActionNames.Found).Select(party => (party.Id, Wording.Labels.Sentence(party.Words))), ("", "Not said")]),
    ];

    private IEnumerable<ReportTable> AfterReturn() =>
    [
        Parts("checks", "Safe and well checks", "Checks after the return, by their main theme.", "Theme", "check", ChoicesOf(ActionNames.SafeAndWellCheck)),
        Parts("interviews", "Return interviews", "Independent interviews after the return, by their main theme.", "Theme", "interview", ChoicesOf(ActionNames.ReturnInterview)),
    ];

    private ReportTable Parts(string id, string title, string says, string of, ImmutableArray<(string Name, string Words)> names) => Parts(id, title, says, of, id, names);

    private ReportTable Parts(string id, string title, string says, string of, string part, ImmutableArray<(string Name, string Words)> names) =>
        ReportTable.OfParts(id, title, says, of, [.. names.Select(name => (name.Words, Of(Now, part, name.Name)))]);

    private ReportLine Some(string words, string part) => Both(words, (all, whole) => SmallNumbers.OfWhole(One(all, part), whole));

    private ReportLine Both(string words, Func<ImmutableArray<ReportCount>, int, Count> count) =>
        new(words, [count(Now, One(Now, "episodes")), count(Before, One(Before, "episodes"))]);

    /// <summary>With the number of children, what is hidden of the children with several episodes could be worked out.</summary>
    private static bool HidesTimes(ImmutableArray<ReportCount> all) => SmallNumbers.Hide([.. s_times.Select(name => Of(all, "times", name.Item1))]).Any(count => count.Hidden);

    private IEnumerable<string> Names(string part) => Now.Where(count => count.Part == part).Select(count => count.Name);

    private static ImmutableArray<(string, string)> ChoicesOf(string action) =>
        [.. ActForms.For(action)!.Groups.SelectMany(group => group.Choices).Select(choice => (choice.Id, choice.Words))];

    private static int One(ImmutableArray<ReportCount> all, string part) => Of(all, part, "");

    private static int Of(ImmutableArray<ReportCount> all, string part, string name) =>
        all.FirstOrDefault(count => count.Part == part && count.Name == name)?.Number ?? 0;
}
