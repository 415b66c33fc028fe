using System.Collections.Immutable;
using System.Globalization;
using Cme.Contracts.Boards;
using Cme.Domain.Calendars;
using Cme.Domain.Children;
using Cme.Web.Security;
using Microsoft.AspNetCore.WebUtilities;

namespace Cme.Web.Pages.Boards;

/// <summary>
/// Which rows of a board are wanted, in which order, and which page of them. All of it stands in the address, so that bookmarks, the back
/// button and a browser without scripts keep it; none of it names anybody. A count on a board and the list that it opens are the
/// same query, so that they cannot disagree.
/// </summary>
/// <param name="Filters">By name; what is not there does not restrict. A value that no row has finds nothing.</param>
public sealed record BoardQuery(ImmutableSortedDictionary<string, string> Filters)
{
    public const string School = "school", Stage = "stage", Flag = "flag", Overdue = "overdue", Owner = "owner", Section = "section";
    public const string Why = "why", Who = "who", Age = "age", Level = "level", Calls = "calls", Acknowledged = "acknowledged", Held = "held";

    /// <summary>Values of <see cref="Owner"/> besides the id of an officer.</summary>
    public const string Me = "me", Nobody = "nobody", Anybody = "anybody";

    /// <summary>Longer than any id that there is.</summary>
    private const int LongestValue = 64;

    private static readonly string[] Names = [School, Stage, Flag, Overdue, Owner, Section, Why, Who, Age, Level, Calls, Acknowledged, Held];

    /// <summary>Everything on the board, the most pressing first.</summary>
    public static BoardQuery All { get; } = new(ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    public BoardOrders Order { get; init; }

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    public string? this[string filter] => Filters.GetValueOrDefault(filter);

    public bool IsFiltered => Filters.Any(filter => filter.Key != Owner || filter.Value != Anybody);

    /// <summary>Reads the part of an address after the question mark; what it does not know it leaves alone.</summary>
    public static BoardQuery Read(IQueryCollection query)
    {
        var filters = Names.Select(name => KeyValuePair.Create(name, (string?)query[name] ?? "")).Where(one => one.Value.Length is > 0 and <= LongestValue);
        return new(All.Filters.AddRange(filters))
        {
            Order = Enum.TryParse<BoardOrders>((string?)query["order"], ignoreCase: true, out var order) && Enum.IsDefined(order) ? order : BoardOrders.Urgency,
            Page = int.TryParse((string?)query["part"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 0 ? page : 1,
        };
    }

    /// <summary>True where a form has sent fields that nobody filled in: the address can be said shorter.</summary>
    public static bool HasEmpty(IQueryCollection query) => query.Any(one => one.Value.Count > 0 && one.Value.All(string.IsNullOrEmpty));

    /// <summary>The same with another value of one filter (null: without it), from the first page.</summary>
    public BoardQuery With(string filter, string? value) => this with
    {
        Filters = value is null ? Filters.Remove(filter) : Filters.SetItem(filter, value), Page = 1,
    };

    /// <summary>Nothing but one filter; the order stays.</summary>
    public BoardQuery Only(string filter, string value) => All.With(filter, value) with { Order = Order };

    /// <summary>The part of an address after the path; empty for everything.</summary>
    public string Address => QueryHelpers.AddQueryString("", Pairs);

    /// <summary>The names and values that stand in the address.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Pairs =>
    [
        .. Filters.Select(filter => KeyValuePair.Create<string, string?>(filter.Key, filter.Value)),
        .. Order == BoardOrders.Urgency ? [] : new[] { KeyValuePair.Create<string, string?>("order", Order.ToString().ToLowerInvariant()) },
        .. Page == 1 ? [] : new[] { KeyValuePair.Create<string, string?>("part", Page.ToString(CultureInfo.InvariantCulture)) },
    ];

    /// <summary>Whether a row is wanted.</summary>
    public bool Finds(BoardRow row, BoardSight sight) => Filters.All(filter => Fits(filter.Key, filter.Value, row, sight));

    private static bool Fits(string filter, string value, BoardRow row, BoardSight sight) => filter switch
    {
        School => row.Urn == value,
        Stage => row.Stage == value,
        Flag => value == "any" ? Flags.IsFlagged(row.Flags) : row.Flags.Contains(value),
        Overdue => value == (row.OverdueCount > 0 ? "yes" : "no"),
        Owner => value switch
        {
            Anybody => true,
            Nobody => row.ClaimedBy is null or "",
            Me => sight.IsViewers(row),
            _ => row.ClaimedById == value,
        },
        Section => BoardSections.Of(row, sight.Board)?.Id == value,
        Why => LeadReasons.Of(row).Id == value,
        Who => row.NextObligation?.Role == value,
        Age => Ages.Of(row, sight.Today).Id == value,
        Level => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var level) && row.Level >= level,
        Calls => value == (sight.IsCallToday(row) ? "today" : "later"),
        Acknowledged => row.Level >= 4 && value == (row.AcknowledgedBy is null ? "no" : "yes"),
        // What the desk does not list. Told to officers only: a school must not learn of a flag that it may not know.
        Held => sight.Viewer.OfAuthority && value == (row.OnDesk ? "council" : "school"),
        _ => true,
    };
}

/// <summary>For whom and when a board is read: whose rows are "mine", and what is "today".</summary>
public sealed record BoardSight(BoardKind Board, Viewer Viewer, DateTimeOffset Now)
{
    public DateOnly Today { get; } = London.DateOf(Now);

    /// <summary>Whether the viewer has it: by id, or by name where a system claimed for a named officer.</summary>
    public bool IsViewers(BoardRow row) => row.ClaimedById is { } id
        ? id == Viewer.Id
        : row.ClaimedBy == Viewer.Name && row.ClaimedOrg is { } org && org == Viewer.Organisation;

    /// <summary>Whether the next step is a call that is to be made by the end of today.</summary>
    public bool IsCallToday(BoardRow row) =>
        row.NextObligation is { } next && next.SatisfiedBy.Any(one => one.Action == "call") && London.DateOf(next.DueAt) <= Today;
}

/// <summary>How long a child has been missing, in calendar days since the first day.</summary>
public sealed record AgeBand(string Id, string Words, int UpTo);

/// <summary>The bands by which the lead's board counts.</summary>
public static class Ages
{
    public static IReadOnlyList<AgeBand> All { get; } =
        [new("day", "Up to 1 day", 1), new("week", "2 to 7 days", 7), new("month", "8 to 28 days", 28), new("longer", "Over 28 days", int.MaxValue)];

    public static AgeBand Of(BoardRow row, DateOnly today) => All.First(band => today.DayNumber - row.FirstDayMissing.DayNumber <= band.UpTo);
}
