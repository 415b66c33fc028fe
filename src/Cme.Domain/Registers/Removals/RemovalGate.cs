using System.Collections.Immutable;
using System.Globalization;
using Cme.Domain.Registers.Counts;

namespace Cme.Domain.Registers.Removals;

/// <summary>
/// Whether a name may come off the roll: only on a ground of regulation 9, and only once everything that the ground asks for is
/// shown. It says so and removes nobody; while one condition is open the gate is closed (DESIGN 9.10).
/// </summary>
/// <remarks>Source: FACTS B4 (regulation 9 of SI 2024/208), NOR-16, DOR-28 and DOR-30.</remarks>
public static class RemovalGate
{
    private static readonly string[] Enquiries = ["call", "message", "letter", "visit", "enquiry", "check", "chase"];

    /// <summary>What the ground asks for, in the order in which it is usually shown.</summary>
    public static ImmutableArray<RemovalCondition> Conditions(RemovalGround ground, RemovalFacts facts) => ground.Letter switch
    {
        "h" => [Leave(facts), AfterLeave(facts), .. Missing(facts)],
        "i" => [TwentyDays(facts), Coded(facts), .. Missing(facts)],
        "l" => [OverAge(facts), .. Shown(ground, facts), Settled(facts)],
        _ => [.. Shown(ground, facts), Settled(facts)],
    };

    private static RemovalCondition Leave(RemovalFacts facts) => new(
        "leave-granted", "Leave was granted, and the pupil was expected back", facts.Leave is { } leave && facts.Today >= leave.ExpectedReturn,
        facts.Leave is { } granted ? $"Leave from {Day(granted.From)}, expected back on {Day(granted.ExpectedReturn)}." : "No leave is recorded.", "B4");

    private static RemovalCondition AfterLeave(RemovalFacts facts) => new(
        "ten-school-days", "No attendance for 10 school days straight after the expected return", facts.Counts.GroundH >= 10,
        $"{Days(facts.Counts.GroundH)} of 10.", "B4");

    private static RemovalCondition TwentyDays(RemovalFacts facts) => new(
        "twenty-school-days", "Absent for 20 school days without a break, every session coded G, N or O", facts.Counts.GroundI >= 20,
        $"{Days(facts.Counts.GroundI)} of 20.", "B4");

    private static RemovalCondition Coded(RemovalFacts facts) => new(
        "code-audit", "No session of those days is without a code", facts.UncodedDays == 0,
        facts.UncodedDays == 0 ? "Every session is coded." : $"{Days(facts.UncodedDays)} with a session that has no register or no code.", "B4");

    /// <summary>What grounds h and i have in common: the child is not there, and nobody knows enough.</summary>
    private static IEnumerable<RemovalCondition> Missing(RemovalFacts facts)
    {
        yield return Belief(facts);
        yield return Enquired(facts, byAuthority: false, "school-enquiries", "The school has made enquiries");
        yield return Enquired(facts, byAuthority: true, "authority-enquiries", "The authority has made enquiries, jointly with the school");
        yield return Decision(facts);
        if (facts.HoldsFourWeeks)
        {
            yield return FourWeeks(facts);
        }
    }

    private static RemovalCondition Belief(RemovalFacts facts)
    {
        var act = facts.Acts.LastOrDefault(act => act.Action == "removal-statement");
        var told = facts.Told("belief-statement");
        return new RemovalCondition(
            "belief-statement", "Nothing suggests sickness, mental ill-health among it, or an unavoidable cause, and somebody answers for that",
            act is not null || told is not null,
            act is not null ? $"Stated by {act.By} on {Day(act)}." : told ?? "No statement is recorded.", "B4");
    }

    private static RemovalCondition Enquired(RemovalFacts facts, bool byAuthority, string id, string text)
    {
        var acts = facts.Acts.Where(act => act.ByAuthority == byAuthority && Enquiries.Contains(act.Action)).ToList();
        return new RemovalCondition(
            id, text, acts.Count > 0,
            acts.Count == 0 ? "None is recorded." : $"{acts.Count} recorded, the last on {Day(acts[^1])} by {acts[^1].By}.", "B4");
    }

    /// <summary>The authority's last word. A school's own does not count: it may not authorise itself (DOR-30).</summary>
    private static RemovalCondition Decision(RemovalFacts facts)
    {
        var decision = facts.Acts.LastOrDefault(act => act.Action == "roll-decision" && act.ByAuthority);
        return new RemovalCondition(
            "authority-decision", "The authority has decided that the name may be removed", decision?.Outcome == "remove",
            decision is null ? "The authority has not decided." : $"{decision.By} decided on {Day(decision)}: {decision.Outcome}.", "NOR-16");
    }

    private static RemovalCondition FourWeeks(RemovalFacts facts)
    {
        var ends = facts.FirstDayMissing?.AddDays(28);
        return new RemovalCondition(
            "four-weeks", "Four weeks, and 20 school days, have passed since the child went missing",
            facts.Today >= ends && facts.SchoolDaysMissing > 20,
            ends is { } end ? $"Four weeks end on {Day(end)}; it is school day {facts.SchoolDaysMissing}." : "No episode is recorded.", "DOR-28");
    }

    /// <summary>Compulsory school age ends on the last Friday in June of the school year in which the child turns 16 (FACTS B2).</summary>
    private static RemovalCondition OverAge(RemovalFacts facts)
    {
        var sixteen = facts.DateOfBirth.AddYears(16);
        var lastOfJune = new DateOnly(sixteen.Month >= 9 ? sixteen.Year + 1 : sixteen.Year, 6, 30);
        var ends = lastOfJune.AddDays(-(((int)lastOfJune.DayOfWeek - (int)DayOfWeek.Friday + 7) % 7));
        return new RemovalCondition(
            "over-age", "The pupil is over compulsory school age", facts.Today > ends, $"Compulsory school age ends on {Day(ends)}.", "B4");
    }

    private static IEnumerable<RemovalCondition> Shown(RemovalGround ground, RemovalFacts facts) =>
        from asked in ground.Asks
        let told = facts.Told(asked.Id)
        select new RemovalCondition(asked.Id, asked.Text, told is not null, told ?? $"Give evidence of kind '{asked.Id}'.", "B4");

    /// <summary>On the other grounds somebody knows where the child is. While a search for the child is open, nobody does.</summary>
    private static RemovalCondition Settled(RemovalFacts facts) => new(
        "no-open-episode", "No episode about the child's whereabouts is open", !facts.IsEpisodeOpen,
        facts.IsEpisodeOpen ? "An episode is open. Close it with its reason first." : "None is open.", "product");

    private static string Days(int days) => days == 1 ? "1 school day" : string.Create(CultureInfo.InvariantCulture, $"{days} school days");

    private static string Day(RemovalAct act) => Day(act.On);

    private static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}

/// <summary>One thing that a ground asks for.</summary>
/// <param name="Condition">Stable, for programs.</param>
/// <param name="Text">The same in words.</param>
/// <param name="Evidence">What shows it, or what is lacking.</param>
public sealed record RemovalCondition(string Condition, string Text, bool Met, string Evidence, string Clause);

/// <summary>What is known of a pupil whose name is to come off the roll.</summary>
public sealed record RemovalFacts
{
    public required AttendanceCounts Counts { get; init; }

    /// <summary>School days inside the run of ground i that have a session without a register or a code.</summary>
    public int UncodedDays { get; init; }

    /// <summary>The leave that began last, unless it was cancelled.</summary>
    public LeaveOfAbsence? Leave { get; init; }

    /// <summary>What was done in the pupil's episodes at this school and still stands, oldest first.</summary>
    public ImmutableArray<RemovalAct> Acts { get; init; } = [];

    public bool IsEpisodeOpen { get; init; }

    public DateOnly? FirstDayMissing { get; init; }

    /// <summary>School days from the first day missing to today, both included.</summary>
    public int SchoolDaysMissing { get; init; }

    /// <summary>Whether the school's procedure asks for four weeks besides.</summary>
    public bool HoldsFourWeeks { get; init; }

    public required DateOnly DateOfBirth { get; init; }

    public required DateOnly Today { get; init; }

    /// <summary>What the school gave along with its question, by kind.</summary>
    public ImmutableDictionary<string, string> Evidence { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What the school told of that kind, or null.</summary>
    public string? Told(string kind) => Evidence.GetValueOrDefault(kind);
}

/// <summary>Something that was done.</summary>
public sealed record RemovalAct(string Action, string? Outcome, bool ByAuthority, string By, DateOnly On);
