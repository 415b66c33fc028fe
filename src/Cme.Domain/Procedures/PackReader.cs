using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cme.Domain.Children;
using Cme.Domain.Episodes;

namespace Cme.Domain.Procedures;

/// <summary>A fault in a pack: the place (JSON pointer) and what is wrong there.</summary>
public sealed record PackFault(string Pointer, string Detail)
{
    public override string ToString() => $"{Pointer}: {Detail}";
}

/// <summary>A pack could not be loaded. The message names every fault with its place.</summary>
public sealed class PackInvalidException(string name, ImmutableArray<PackFault> faults)
    : Exception($"Procedure pack '{name}' cannot be used. {string.Join(" ", faults.Select(fault => $"[{fault}]"))}")
{
    public ImmutableArray<PackFault> Faults { get; } = faults;
}

/// <summary>Reads the JSON form of a pack and checks it (<see cref="PackCheck"/>).</summary>
public static class PackReader
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    private static readonly Dictionary<string, StartKind> Kinds = new()
    {
        ["opened"] = StartKind.Opened,
        ["act"] = StartKind.Act,
        ["confirmation-asked"] = StartKind.ConfirmationAsked,
        ["flag-raised"] = StartKind.FlagRaised,
        ["count"] = StartKind.Count,
        ["overdue"] = StartKind.Overdue,
        ["code-n"] = StartKind.CodeN,
        ["off-roll"] = StartKind.OffRoll,
        ["holiday"] = StartKind.Holiday,
        ["entered"] = StartKind.Entered,
        ["removed"] = StartKind.Removed,
        ["removed-all-the-same"] = StartKind.RemovedAllTheSame,
    };

    /// <exception cref="PackInvalidException">The document is not JSON of the pack's form, or says something that cannot be.</exception>
    public static ProcedurePack Read(string name, string json)
    {
        PackDocument document;
        try
        {
            document = JsonSerializer.Deserialize<PackDocument>(json, Json) ?? throw new JsonException("The document is empty.");
        }
        catch (JsonException unreadable)
        {
            throw new PackInvalidException(name, [new PackFault(unreadable.Path ?? "/", unreadable.Message)]);
        }
        var faults = ImmutableArray.CreateBuilder<PackFault>();
        var pack = Build(document, faults);
        faults.AddRange(PackCheck.Faults(pack));
        return faults.Count == 0 ? pack : throw new PackInvalidException(name, faults.ToImmutable());
    }

    private static ProcedurePack Build(PackDocument document, ImmutableArray<PackFault>.Builder faults) => new(
        document.Id ?? "", document.Version, document.Title ?? "", document.Source ?? "",
        [.. (document.Beneath ?? []).Select((name, index) => Version(name, $"/beneath/{index}", faults))],
        [.. (document.Standing ?? []).Select(clause => new StandingClause(clause.Clause ?? "", clause.What ?? "", [.. clause.KeptBy ?? []]))],
        [.. (document.Steps ?? []).Select((step, index) => Build(step, $"/steps/{index}", faults)).Select(step => Of(step, document.Kind))])
    {
        Kind = document.Kind ?? EpisodeKinds.Whereabouts,
        Definition = document.Definition is null ? null : Build(document.Definition, faults),
    };

    private static EducationDefinition Build(DefinitionDocument definition, ImmutableArray<PackFault>.Builder faults) =>
        new(definition.Missing ?? "", definition.NotMissing ?? definition.Missing ?? "", definition.AtRisk ?? "")
        {
            WhereaboutsUnknown = definition.WhereaboutsUnknown,
            Ages = definition.Ages switch
            {
                null => null,
                [var first, var last] when first <= last => (first, last),
                _ => Fault<(int, int)?>(faults, "/definition/ages", "The ages are the first and the last, such as [5, 16].", null),
            },
        };

    private static Step Of(Step step, string? kind) =>
        kind is null ? step : step with { Starts = [.. step.Starts.Select(start => start with { Kind = kind })] };

    /// <summary>A pack beneath is named with its version, so that this pack's own version says everything that an episode is judged by.</summary>
    private static PackVersion Version(string name, string at, ImmutableArray<PackFault>.Builder faults) =>
        name.Split('@') is [var id, var number] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? new PackVersion(id, version)
            : Fault(faults, at, $"'{name}' names no version of a pack. Write it as product@1.", new PackVersion(name, 1));

    private static Step Build(StepDocument step, string at, ImmutableArray<PackFault>.Builder faults)
    {
        var starts = (step.Starts ?? []).Select((start, index) => Build(start, $"{at}/starts/{index}", faults)).ToImmutableArray();
        return new Step(
            step.Id ?? "", step.Clause ?? "", step.What ?? "", step.Why ?? "", step.Who ?? "", step.ContactsFamily,
            ClassOf(step, starts, at, faults), starts, [.. (step.DoneBy ?? []).Select(Build)], [.. (step.NoNeedAfter ?? []).Select(Build)])
        {
            BeforeClosing = step.BeforeClosing,
            Questions = [.. (step.Questions ?? []).Select(question => new Question(question.Id ?? "", question.Text ?? ""))],
        };
    }

    private static Start Build(StartDocument start, string at, ImmutableArray<PackFault>.Builder faults) =>
        new(Kinds.TryGetValue(start.On ?? "", out var on) ? on
            : Fault(faults, $"{at}/on", $"'{start.On}' is no start. Use one of: {string.Join(", ", Kinds.Keys)}.", StartKind.Opened),
            Build(start.Due, $"{at}/due", faults))
        {
            Act = start.Act is null ? null : Build(start.Act),
            FirstOnly = start.First,
            Recurs = start.Recurs,
            Count = start.Count,
            Reaches = start.Reaches,
            Step = start.Step,
            Flag = start.Flag,
            UnlessOpen = start.UnlessOpen,
            OtherLanguageOnly = start.OtherLanguageOnly,
            UnlessBefore = start.UnlessBefore is null ? null : Build(start.UnlessBefore),
            FlaggedDue = Optional(start.FlaggedDue, $"{at}/flaggedDue", faults),
            Opens = Optional(start.Opens, $"{at}/opens", faults),
            CountsFrom = Optional(start.CountsFrom, $"{at}/countsFrom", faults),
            OverdueAfter = Optional(start.OverdueAfter, $"{at}/overdueAfter", faults),
            AlsoRead = Optional(start.AlsoRead, $"{at}/alsoRead", faults),
            OrOnce = start.OrOnce is null ? null : new OnceComplete([.. start.OrOnce.Done ?? []], [.. start.OrOnce.Passed ?? []]),
        };

    private static Deadline? Optional(Dictionary<string, int>? due, string at, ImmutableArray<PackFault>.Builder faults) =>
        due is null ? null : Build(due, at, faults);

    private static ActionMatch Build(ActionDocument match) => new(match.Action ?? "", [.. match.Outcomes ?? []])
    {
        InOtherLanguage = match.InOtherLanguage,
        Whom = [.. match.Whom ?? []],
        UnlessMeantElsewhere = match.UnlessMeantElsewhere,
    };

    private static Deadline Build(Dictionary<string, int>? due, string at, ImmutableArray<PackFault>.Builder faults)
    {
        if (due is not { Count: 1 })
        {
            return Fault(faults, at, "A deadline has one unit and a number, such as {\"hours\": 2}.", new Deadline(0, DeadlineUnit.Minutes));
        }
        var (name, number) = due.First();
        var unit = name switch
        {
            "minutes" => DeadlineUnit.Minutes,
            "hours" => DeadlineUnit.Hours,
            "workingHours" => DeadlineUnit.WorkingHours,
            "absenceDay" => DeadlineUnit.AbsenceDay,
            "absenceCalendarDay" => DeadlineUnit.AbsenceCalendarDay,
            "schoolDays" => DeadlineUnit.SchoolDays,
            "workingDays" => DeadlineUnit.WorkingDays,
            "calendarDays" => DeadlineUnit.CalendarDays,
            "weeks" => DeadlineUnit.Weeks,
            _ => Fault(faults, at,
                $"'{name}' is no unit. Use minutes, hours, workingHours, absenceDay, absenceCalendarDay, schoolDays, workingDays, calendarDays or weeks.",
                DeadlineUnit.Minutes),
        };
        return new Deadline(number, unit);
    }

    /// <summary>Class is a property of the step: stated, or read off its unit (minutes and hours: hour-class; the rest day-class).</summary>
    private static StepClass ClassOf(StepDocument step, ImmutableArray<Start> starts, string at, ImmutableArray<PackFault>.Builder faults) =>
        step.Class switch
        {
            null => starts.All(start => start.Due.Unit is DeadlineUnit.Minutes or DeadlineUnit.Hours or DeadlineUnit.WorkingHours) ? StepClass.Hour : StepClass.Day,
            "hour" => StepClass.Hour,
            "day" => StepClass.Day,
            "referral" => StepClass.Referral,
            "lead" => StepClass.Lead,
            _ => Fault(faults, $"{at}/class", $"'{step.Class}' is no class. Use hour, day, referral or lead.", StepClass.Hour),
        };

    private static T Fault<T>(ImmutableArray<PackFault>.Builder faults, string at, string detail, T instead)
    {
        faults.Add(new PackFault(at, detail));
        return instead;
    }

    private sealed record PackDocument(
        string? Id, int Version, string? Kind, string? Title, string? Source, string[]? Beneath, DefinitionDocument? Definition, StandingDocument[]? Standing,
        StepDocument[]? Steps);

    private sealed record DefinitionDocument(string? Missing, string? NotMissing, string? AtRisk, int[]? Ages, bool WhereaboutsUnknown);

    private sealed record StandingDocument(string? Clause, string? What, string[]? KeptBy);

    private sealed record StepDocument(
        string? Id, string? Clause, string? What, string? Why, string? Who, bool BeforeClosing, bool ContactsFamily, string? Class,
        StartDocument[]? Starts, ActionDocument[]? DoneBy, ActionDocument[]? NoNeedAfter, QuestionDocument[]? Questions);

    private sealed record QuestionDocument(string? Id, string? Text);

    private sealed record StartDocument(
        string? On, ActionDocument? Act, bool First, bool Recurs, string? Count, int Reaches, string? Step, string? Flag, string? UnlessOpen, bool OtherLanguageOnly,
        ActionDocument? UnlessBefore, Dictionary<string, int>? Due, Dictionary<string, int>? FlaggedDue, Dictionary<string, int>? Opens,
        Dictionary<string, int>? CountsFrom, Dictionary<string, int>? OverdueAfter, Dictionary<string, int>? AlsoRead, OnceDocument? OrOnce);

    private sealed record OnceDocument(string[]? Done, string[]? Passed);

    private sealed record ActionDocument(string? Action, string[]? Outcomes, string[]? Whom, bool InOtherLanguage, bool UnlessMeantElsewhere);
}
