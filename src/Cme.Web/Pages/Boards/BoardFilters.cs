using System.Collections.Immutable;
using Cme.Contracts.Boards;
using Cme.Domain.Children;
using Cme.Domain.Procedures;
using Cme.Web.Pages.Wording;
using Cme.Web.Security;
using static Cme.Web.Pages.Boards.BoardQuery;

namespace Cme.Web.Pages.Boards;

/// <summary>What a board can be filtered and ordered by, and which filters are on.</summary>
public sealed record BoardFilters
{
    public required ImmutableArray<FilterField> Fields { get; init; }
    /// <summary>Filters that came with a count's link and have no field: they go along when the form is sent.</summary>
    public required ImmutableArray<KeyValuePair<string, string>> Carried { get; init; }
    /// <summary>The filters that are on, each with the address of the list without it.</summary>
    public required ImmutableArray<Figure> On { get; init; }

    public static BoardFilters Of(IReadOnlyCollection<BoardRow> rows, BoardQuery query, BoardPlace place, BoardSight sight)
    {
        ImmutableArray<FilterField> fields = [.. Build(rows, query, sight)];
        var names = fields.Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        var on = query.Filters.Where(filter => filter.Key != Owner || filter.Value != Anybody);
        return new()
        {
            Fields = fields,
            Carried = [.. query.Filters.Where(filter => !names.Contains(filter.Key))],
            On = [.. on.Select(filter => new Figure(
                WordsOf(filter.Key, filter.Value, fields, rows), 0, place.Path + query.With(filter.Key, filter.Key == Owner && place == BoardPlace.Work ? Anybody : null).Address))],
        };
    }

    private static IEnumerable<FilterField> Build(IReadOnlyCollection<BoardRow> rows, BoardQuery query, BoardSight sight)
    {
        if (sight.Board != BoardKind.School)
        {
            yield return Field(School, "School", "All schools", rows.Select(row => (row.Urn, row.SchoolName)));
        }
        yield return Field(Stage, "Stage", "Any stage", rows.Select(row => (row.Stage, Labels.Words(row.Stage))));
        yield return Field(BoardQuery.Flag, "Flag", "With or without a flag",
            [("any", "Any flag that puts a child first"), .. rows.SelectMany(row => row.Flags).Select(flag => (flag, Flags.Find(flag)?.Label ?? Labels.Words(flag)))]);
        yield return Field(Overdue, "Steps", "Overdue or not", [("yes", "A step is overdue"), ("no", "Nothing is overdue")], sort: false);
        yield return Field(Owner, "Taken on by", "Anybody or nobody",
            [(Me, "Me"), (Nobody, "Nobody yet"), .. rows.Where(row => row.ClaimedById is not null && row.ClaimedById != sight.Viewer.Id).Select(row => (row.ClaimedById!, row.ClaimedBy ?? "")).Order()],
            sort: false);

        FilterField Field(string name, string label, string all, IEnumerable<(string Value, string Words)> options, bool sort = true)
        {
            var distinct = options.DistinctBy(option => option.Value);
            var chosen = query[name] is { } value && value != Anybody ? value : "";
            ImmutableArray<FilterOption> shown =
                [.. (sort ? distinct.OrderBy(option => option.Words, StringComparer.Ordinal) : distinct).Select(option => new FilterOption(option.Value, option.Words, option.Value == chosen))];
            // What is chosen stays chosen though no row has it any more.
            return new(name, label, new(name == Owner ? Anybody : "", all, chosen.Length == 0),
                chosen.Length == 0 || shown.Any(option => option.Chosen) ? shown : [.. shown, new(chosen, Labels.Words(chosen), true)]);
        }
    }

    private static string WordsOf(string filter, string value, ImmutableArray<FilterField> fields, IEnumerable<BoardRow> rows) => filter switch
    {
        School => rows.FirstOrDefault(row => row.Urn == value)?.SchoolName ?? $"School {value}",
        BoardQuery.Flag when value == "any" => "Flagged children",
        Owner when value == Me => "Taken on by me",
        Owner when value == Nobody => "Not taken on",
        Section => new[] { BoardSections.Flagged, BoardSections.LetGo, BoardSections.Ours }.FirstOrDefault(section => section.Id == value)?.Words ?? Labels.Words(value),
        Why => LeadReasons.All.FirstOrDefault(reason => reason.Id == value)?.Words ?? Labels.Words(value),
        Who => $"To be done by {Labels.Who(value)}",
        Age => Ages.All.FirstOrDefault(band => band.Id == value) is { } band ? $"Missing {char.ToLowerInvariant(band.Words[0])}{band.Words[1..]}" : Labels.Words(value),
        Level => value == $"{Levels.CmeLead}" ? "With the CME lead" : "With the council",
        Calls => value == "today" ? "Calls to make today" : "No call to make today",
        Acknowledged => value == "no" ? "Not acknowledged" : "Acknowledged",
        Held => value == "school" ? "Held by the school" : "On the duty desk",
        _ => fields.FirstOrDefault(field => field.Name == filter)?.Options.FirstOrDefault(option => option.Value == value)?.Words ?? Labels.Words(value),
    };
}

/// <summary>A choice of the form.</summary>
public sealed record FilterField(string Name, string Label, FilterOption All, ImmutableArray<FilterOption> Options);

public sealed record FilterOption(string Value, string Words, bool Chosen);
