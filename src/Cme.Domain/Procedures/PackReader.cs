using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

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
        document.Id ?? "", document.Version, document.Title ?? "", document.Source ?? "", [.. document.Beneath ?? []],
        [.. (document.Steps ?? []).Select((step, index) => Build(step, $"/steps/{index}", faults))]);

    private static Step Build(StepDocument step, string at, ImmutableArray<PackFault>.Builder faults)
    {
        var starts = (step.Starts ?? []).Select((start, index) => Build(start, $"{at}/starts/{index}", faults)).ToImmutableArray();
        return new Step(
            step.Id ?? "", step.Clause ?? "", step.What ?? "", step.Why ?? "", step.Who ?? "", step.ContactsFamily,
            ClassOf(step, starts, at, faults), starts, [.. (step.DoneBy ?? []).Select(Build)]);
    }

    private static Start Build(StartDocument start, string at, ImmutableArray<PackFault>.Builder faults)
    {
        var on = start.On switch
        {
            "opened" => StartKind.Opened,
            "act" => StartKind.Act,
            "confirmation-asked" => StartKind.ConfirmationAsked,
            _ => Fault(faults, $"{at}/on", $"'{start.On}' is no start. Use opened, act or confirmation-asked.", StartKind.Opened),
        };
        return new Start(
            on, start.Act is null ? null : Build(start.Act), start.First, start.Flag,
            start.UnlessBefore is null ? null : Build(start.UnlessBefore),
            Build(start.Due, $"{at}/due", faults), start.FlaggedDue is null ? null : Build(start.FlaggedDue, $"{at}/flaggedDue", faults));
    }

    private static ActionMatch Build(ActionDocument match) => new(match.Action ?? "", [.. match.Outcomes ?? []]);

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
            "absenceDay" => DeadlineUnit.AbsenceDay,
            "schoolDays" => DeadlineUnit.SchoolDays,
            "workingDays" => DeadlineUnit.WorkingDays,
            "calendarDays" => DeadlineUnit.CalendarDays,
            "weeks" => DeadlineUnit.Weeks,
            _ => Fault(faults, at, $"'{name}' is no unit. Use minutes, hours, absenceDay, schoolDays, workingDays, calendarDays or weeks.", DeadlineUnit.Minutes),
        };
        return new Deadline(number, unit);
    }

    /// <summary>Class is a property of the step: stated, or read off its unit (minutes and hours: hour-class; the rest day-class).</summary>
    private static StepClass ClassOf(StepDocument step, ImmutableArray<Start> starts, string at, ImmutableArray<PackFault>.Builder faults) =>
        step.Class switch
        {
            null => starts.All(start => start.Due.Unit is DeadlineUnit.Minutes or DeadlineUnit.Hours) ? StepClass.Hour : StepClass.Day,
            "hour" => StepClass.Hour,
            "day" => StepClass.Day,
            "referral" => StepClass.Referral,
            _ => Fault(faults, $"{at}/class", $"'{step.Class}' is no class. Use hour, day or referral.", StepClass.Hour),
        };

    private static T Fault<T>(ImmutableArray<PackFault>.Builder faults, string at, string detail, T instead)
    {
        faults.Add(new PackFault(at, detail));
        return instead;
    }

    private sealed record PackDocument(string? Id, int Version, string? Title, string? Source, string[]? Beneath, StepDocument[]? Steps);

    private sealed record StepDocument(
        string? Id, string? Clause, string? What, string? Why, string? Who, bool ContactsFamily, string? Class,
        StartDocument[]? Starts, ActionDocument[]? DoneBy);

    private sealed record StartDocument(
        string? On, ActionDocument? Act, bool First, string? Flag, ActionDocument? UnlessBefore,
        Dictionary<string, int>? Due, Dictionary<string, int>? FlaggedDue);

    private sealed record ActionDocument(string? Action, string[]? Outcomes);
}
