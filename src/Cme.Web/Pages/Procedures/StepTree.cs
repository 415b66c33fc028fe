using System.Collections.Immutable;
using Cme.Domain.Procedures;
using Cme.Web.Pages.Wording;

namespace Cme.Web.Pages.Procedures;

/// <summary>
/// A pack as a forest, for a picture in which no line crosses another: each step stands once, after the first step that can lead to it,
/// and is only named where others lead to it too (ADR 0240).
/// </summary>
public static class StepTree
{
    /// <summary>The parts of the picture in the order of time; each begins with something that happens, not with a step.</summary>
    public static ImmutableArray<Part> Of(ProcedurePack pack)
    {
        var steps = pack.Steps.OrderBy(step => step.Starts.Min(Rank)).ToImmutableArray();
        var homes = HomesOf(steps);
        var began = from step in steps
                    from same in step.Starts.Where(start => SourceOf(start, step, steps) is null).GroupBy(start => start with { Flag = null })
                    let start = same.First()
                    let condition = Besides([.. same])
                    orderby Rank(start)
                    group same.Contains(homes[step.Id].Start)
                        ? Own(step, start, steps, homes) with { Condition = condition } : new Branch(condition, null, step, start) by Heading(start);
        return [.. began.Select(part => new Part(part.Key, [.. part]))];
    }

    /// <summary>A step with all that hangs on it.</summary>
    private static Branch Own(Step step, Start start, ImmutableArray<Step> steps, IReadOnlyDictionary<string, Home> homes)
    {
        var led = from next in steps
                  from cause in next.Starts
                  where SourceOf(cause, next, steps)?.Id == step.Id
                  let isHome = homes[next.Id].Start == cause
                  select (Condition: Condition(cause), Next: next, Cause: cause, IsHome: isHome);
        return new Branch("", new Box(step, start,
            [.. led.Select(it => it.IsHome ? Own(it.Next, it.Cause, steps, homes) with { Condition = it.Condition } : new Branch(it.Condition, null, it.Next, it.Cause))]),
            step, start);
    }

    private static Dictionary<string, Home> HomesOf(ImmutableArray<Step> steps)
    {
        var homes = new Dictionary<string, Home>();
        foreach (var step in steps)
        {
            var led = step.Starts.Select(start => new Home(SourceOf(start, step, steps), start))
                .FirstOrDefault(home => home.Parent is { } parent && !LeadsTo(parent, step, homes));
            homes[step.Id] = led ?? new Home(null, step.Starts.OrderBy(Rank).First(start => SourceOf(start, step, steps) is null || step.Starts.Length == 1));
        }
        return homes;
    }

    private static bool LeadsTo(Step from, Step to, Dictionary<string, Home> homes)
    {
        for (var at = from; at is not null; at = homes.GetValueOrDefault(at.Id)?.Parent)
        {
            if (at.Id == to.Id) { return true; }
        }
        return false;
    }

    /// <summary>The first step, in the order of time, that can lead to a start; null for what happens by itself.</summary>
    private static Step? SourceOf(Start start, Step of, ImmutableArray<Step> steps) => start.On switch
    {
        StartKind.Overdue => steps.FirstOrDefault(step => step.Id == start.Step),
        StartKind.Act => steps.FirstOrDefault(step => step.Id != of.Id && step.DoneBy.Any(match => Meets(match, start.Act!))),
        _ => null,
    };

    private static bool Meets(ActionMatch does, ActionMatch wanted) =>
        does.Action == wanted.Action
        && (does.Outcomes.IsEmpty || wanted.Outcomes.IsEmpty || does.Outcomes.Any(wanted.Outcomes.Contains))
        && (does.Whom.IsEmpty || wanted.Whom.IsEmpty || does.Whom.Any(wanted.Whom.Contains));

    private static string Condition(Start start) => 
        start.On == StartKind.Overdue ? "Overdue" : start.Act!.Outcomes.IsEmpty ? "Once done" : ActWords.Of(start.Act);

    /// <summary>What must be so besides, for a step that begins by itself: any one of starts that differ by the child's flag alone.</summary>
    private static string Besides(ImmutableArray<Start> same) =>
        same[0] is var start && start.UnlessBefore is { } unless ? $"Unless before: {ActWords.Of(unless).ToLowerInvariant()}"
        : start.Flag is not null ? $"Flag: {string.Join("; or ", same.Select(one => Cme.Domain.Children.Flags.Find(one.Flag!)?.Label ?? Labels.Words(one.Flag!)))}"
        : start.OtherLanguageOnly ? "English may not be the first language"
        : start.On == StartKind.Act ? ActWords.Of(start.Act!)
        : "";

    private static string Heading(Start start) => start.On switch
    {
        StartKind.Opened => start.Due.Unit switch
        {
            DeadlineUnit.Minutes or DeadlineUnit.Hours or DeadlineUnit.WorkingHours => "A child is missing without explanation: the first hours",
            DeadlineUnit.AbsenceDay => $"Still missing: school day {start.Due.Number}",
            DeadlineUnit.AbsenceCalendarDay => $"Still missing: calendar day {start.Due.Number}",
            _ => "Still missing: later",
        },
        StartKind.ConfirmationAsked => "A code comes that does not close the episode by itself, or another school marks the child present",
        StartKind.FlagRaised => "A flag that asks for an immediate referral, or forbids contact, comes while the child is missing",
        StartKind.Count => $"A count reaches its number: {Labels.Count(start.Count!).ToLowerInvariant()}, {start.Reaches} school days",
        StartKind.CodeN => "A session is marked N",
        StartKind.Holiday => "The last session of a term begins",
        StartKind.OffRoll => "The school’s list no longer has the child",
        StartKind.Entered => "A name is entered in the admission register",
        StartKind.Removed => "A name is deleted from the admission register",
        StartKind.RemovedAllTheSame => "A name is deleted though a condition for that is not met",
        _ => "Something else is recorded",
    };

    /// <summary>Orders starts by when in an absence they usually come; minutes of a day that has 1,440.</summary>
    private static int Rank(Start start) => start.On switch
    {
        StartKind.Opened => start.Due.Unit switch
        {
            DeadlineUnit.Minutes => start.Due.Number,
            DeadlineUnit.Hours or DeadlineUnit.WorkingHours => start.Due.Number * 60,
            _ => start.Due.Number * 1_440,
        },
        StartKind.Act or StartKind.Overdue => 1_000_000,
        var other => 100_000 + (int)other,
    };

    private sealed record Home(Step? Parent, Start Start);
}

/// <summary>One part of the picture: what begins it, and the steps that follow.</summary>
public sealed record Part(string Heading, ImmutableArray<Branch> Branches);

/// <summary>A way on: under a condition (empty for none) to a step that stands here, or to one that stands elsewhere.</summary>
/// <param name="Box">Null where the step stands elsewhere and is only named here.</param>
public sealed record Branch(string Condition, Box? Box, Step Step, Start Start);

/// <summary>A step where it stands, and the ways on from it.</summary>
public sealed record Box(Step Step, Start Start, ImmutableArray<Branch> Next);
