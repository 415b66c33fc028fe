using System.Collections.Immutable;
using System.Globalization;
using Cme.Domain.Calendars;
using Cme.Domain.Children;
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

    /// <summary>School days without a break that ground i asks for.</summary>
    public const int DaysOfGroundI = 20;

    /// <summary>School days after the expected return that ground h asks for.</summary>
    public const int DaysOfGroundH = 10;

    /// <summary>Four calendar weeks (DOR-28).</summary>
    public const int FourWeeksInDays = 28;

    /// <summary>Who may sign for a school, and state what it believes.</summary>
    public static readonly ImmutableArray<string> SchoolSigners = ["head", "dsl", "deputy-dsl"];

    /// <summary>Who may sign for an authority, and decide for it.</summary>
    public static readonly ImmutableArray<string> AuthoritySigners = ["tracking-officer", "cme-lead"];

    /// <summary>Whether the act is one by which a child is looked for.</summary>
    public static bool IsEnquiry(string action) => Enquiries.Contains(action);

    /// <summary>The condition that nobody is looking for the child any more.</summary>
    public const string NoOpenEpisode = "no-open-episode";

    /// <summary>A condition of a ground in words; the id itself where the ground has none of that name.</summary>
    public static string TextOf(string letter, string condition) =>
        RemovalGround.Find(letter) is { } ground
            ? Conditions(ground, Nothing).Append(FourWeeks(Nothing)).Append(NotBefore(Nothing, Nothing.Today)).FirstOrDefault(one => one.Condition == condition)?.Text ?? condition
            : condition;

    /// <summary>What is not met by a removal on something that is no ground: a name comes off a roll on one of regulation 9, or not at all.</summary>
    public static RemovalCondition NoSuchGround(string letter) =>
        new("ground", "The name came off on a ground of regulation 9", false, $"“{letter}” is not one of them.", "B4");

    private static readonly RemovalFacts Nothing = new() { Counts = AttendanceCounts.None, Today = DateOnly.MinValue, DateOfBirth = new DateOnly(2000, 1, 1) };

    /// <summary>What was not met when the name came off the roll.</summary>
    /// <param name="leftOn">The last day on roll: no name is deleted in retrospect.</param>
    public static ImmutableArray<RemovalCondition> Unmet(RemovalGround ground, RemovalFacts facts, DateOnly leftOn) =>
        [.. Conditions(ground, facts).Concat(ground.IsOfMissing ? [NotBefore(facts, leftOn)] : []).Where(condition => !condition.Met)];

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
        "ten-school-days", "No attendance for 10 school days straight after the expected return", facts.Counts.GroundH >= DaysOfGroundH,
        $"{Days(facts.Counts.GroundH)} of 10.", "B4");

    private static RemovalCondition TwentyDays(RemovalFacts facts) => new(
        "twenty-school-days", "Absent for 20 school days without a break, every session coded G, N or O", facts.Counts.GroundI >= DaysOfGroundI,
        $"{Days(facts.Counts.GroundI)} of 20.", "B4");

    private static RemovalCondition Coded(RemovalFacts facts)
    {
        string[] missing = [.. CodeAudit.Standing(facts.Sessions).Where(one => one.Verdict == CodeVerdict.Missing).Select(one => Session(one.Session))];
        var evidence = facts.UncodedDays == 0 ? "Every session is coded."
            : $"{Days(facts.UncodedDays)} with a session that has no register or no code{(missing.Length == 0 ? "" : $": {List(missing)}")}.";
        return new RemovalCondition("code-audit", "No session of those days is without a code", facts.UncodedDays == 0, evidence, "B4");
    }

    /// <summary>What grounds h and i have in common: the child is not there, and nobody knows enough.</summary>
    private static IEnumerable<RemovalCondition> Missing(RemovalFacts facts)
    {
        yield return Belief(facts);
        yield return Enquired(facts, byAuthority: false, "school-enquiries", "The school has made enquiries");
        yield return Enquired(facts, byAuthority: true, "authority-enquiries", "The authority has made enquiries, jointly with the school");
        yield return Signed(facts, byAuthority: false, "school-signature", "The school has signed the log of the joint enquiries");
        yield return Signed(facts, byAuthority: true, "authority-signature", "The authority has signed the log of the joint enquiries");
        yield return Decision(facts);
        yield return NobodyToConfirm(facts);
        if (facts.HoldsFourWeeks)
        {
            yield return FourWeeks(facts);
        }
    }

    private static RemovalCondition Belief(RemovalFacts facts)
    {
        var act = facts.Acts.LastOrDefault(act => act is { Action: "removal-statement", ByAuthority: false });
        var told = facts.Told("belief-statement");
        return new RemovalCondition(
            "belief-statement", "Nothing suggests sickness, mental ill-health among it, or an unavoidable cause, and somebody answers for that",
            act is { HasWords: true, InOwnName: true } && SchoolSigners.Contains(act.Role),
            act is null
                ? told is null ? "No statement is recorded." : $"Told, and signed by nobody: “{told}”. Record it as the statement of the head or the DSL."
            : !act.HasWords ? $"{act.By} signed on {Day(act)} without saying what the school believes."
            : WhyNotSigned(act, SchoolSigners) ?? $"Stated and signed by {Signer(act)} on {Day(act)}.", "B4");
    }

    private static RemovalCondition Enquired(RemovalFacts facts, bool byAuthority, string id, string text)
    {
        var acts = facts.Acts.Where(act => act.ByAuthority == byAuthority && IsEnquiry(act.Action)).ToList();
        return new RemovalCondition(
            id, text, acts.Count > 0,
            acts.Count == 0 ? "None is recorded." : $"{acts.Count} recorded, the last on {Day(acts[^1])} by {acts[^1].By}.", "B4");
    }

    /// <summary>
    /// One side's signature under the enquiries that both made. It stands for what was recorded when it was given: an enquiry that was
    /// taken back since asks for another.
    /// </summary>
    private static RemovalCondition Signed(RemovalFacts facts, bool byAuthority, string id, string text)
    {
        var act = facts.Acts.LastOrDefault(act => act.Action == "joint-log" && act.ByAuthority == byAuthority);
        var wrong = act is null ? "Nobody has signed."
            : WhyNotSigned(act, byAuthority ? AuthoritySigners : SchoolSigners)
            ?? (facts.EnquiryTakenBackAt > act.KnownAt ? $"{Signer(act)} signed on {Day(act)}, and an enquiry was taken back since. Sign again." : null);
        return new RemovalCondition(id, text, wrong is null, wrong ?? $"Signed by {Signer(act!)} on {Day(act!)}.", "B4");
    }

    private static string? WhyNotSigned(RemovalAct act, ImmutableArray<string> signers) =>
        !signers.Contains(act.Role) ? $"{act.By} signed on {Day(act)}, and may not: {List([.. signers.Select(Words)], "or")} signs."
        : !act.InOwnName ? $"{act.By} is named on {Day(act)} by the other side, which signs for nobody here."
        : null;

    /// <summary>The authority's last word. A school's own does not count: it may not authorise itself (DOR-30).</summary>
    private static RemovalCondition Decision(RemovalFacts facts)
    {
        var decision = facts.Acts.LastOrDefault(act => act.Action == "roll-decision" && act.ByAuthority);
        return new RemovalCondition(
            "authority-decision", "The authority has decided that the name may be removed", decision?.Outcome == "remove",
            decision is null ? "The authority has not decided." : $"{decision.By} decided on {Day(decision)}: {decision.Outcome}.", "NOR-16");
    }

    private static RemovalCondition NotBefore(RemovalFacts facts, DateOnly leftOn)
    {
        var decided = facts.Acts.LastOrDefault(act => act is { Action: "roll-decision", ByAuthority: true, Outcome: "remove" })?.On;
        return new RemovalCondition(
            "not-in-retrospect", "The name did not come off before the authority had decided", decided is null || leftOn >= decided,
            decided is { } day ? $"The authority decided on {Day(day)}; the last day on roll is {Day(leftOn)}." : "The authority has not decided.", "B4");
    }

    /// <summary>A mark that somebody is to confirm may mean that the child has been seen.</summary>
    private static RemovalCondition NobodyToConfirm(RemovalFacts facts) => new(
        "nothing-to-confirm", "No mark says that the child was seen, or may have been", !facts.SomebodyIsToConfirm,
        facts.SomebodyIsToConfirm ? "A mark has come that somebody is to confirm. Confirm it, or have the register put right." : "None does.", "product");

    private static RemovalCondition FourWeeks(RemovalFacts facts)
    {
        var ends = facts.FirstDayMissing?.AddDays(FourWeeksInDays);
        return new RemovalCondition(
            "four-weeks", "Four weeks, and 20 school days, have passed since the child went missing, or the child was located in alternative provision",
            facts.LocatedInProvision is not null || (facts.Today >= ends && facts.SchoolDaysMissing > DaysOfGroundI),
            facts.LocatedInProvision is { } act ? $"{act.By} located the child in alternative provision on {Day(act)}: the four weeks need not pass."
            : ends is { } end ? $"Four weeks end on {Day(end)}; it is school day {facts.SchoolDaysMissing}." : "No episode is recorded.", "DOR-28");
    }

    private static RemovalCondition OverAge(RemovalFacts facts)
    {
        var ends = CompulsoryAge.Of(facts.DateOfBirth).Ends;
        return new RemovalCondition(
            "over-age", "The pupil is over compulsory school age", facts.Today > ends, $"Compulsory school age ends on {Day(ends)}.", "B4");
    }

    private static IEnumerable<RemovalCondition> Shown(RemovalGround ground, RemovalFacts facts) =>
        from asked in ground.Asks
        let told = facts.Told(asked.Id)
        select new RemovalCondition(asked.Id, asked.Text, told is not null, told ?? $"Give evidence of kind '{asked.Id}'.", "B4");

    /// <summary>On the other grounds somebody knows where the child is. While a search for the child is open, nobody does.</summary>
    private static RemovalCondition Settled(RemovalFacts facts) => new(
        NoOpenEpisode, "No episode about the child's whereabouts is open", !facts.IsEpisodeOpen,
        facts.IsEpisodeOpen ? "An episode is open. Close it with its reason first." : "None is open.", "product");

    private static string Days(int days) => days == 1 ? "1 school day" : string.Create(CultureInfo.InvariantCulture, $"{days} school days");

    private static string Signer(RemovalAct act) => $"{act.By}, {Words(act.Role)},";

    private static string Words(string role) => role switch
    {
        "dsl" => "the designated safeguarding lead",
        "deputy-dsl" => "the deputy designated safeguarding lead",
        "head" => "the head teacher",
        "tracking-officer" => "the tracking officer",
        "cme-lead" => "the CME lead",
        _ => role.Replace('-', ' '),
    };

    /// <summary>The first few of them, and how many more there are.</summary>
    private static string List(string[] words, string and = "and") => words switch
    {
        [var only] => only,
        { Length: > 4 } => $"{string.Join(", ", words[..3])} and {words.Length - 3} more",
        _ => $"{string.Join(", ", words[..^1])} {and} {words[^1]}",
    };

    private static string Session(SessionOf session) =>
        $"{session.Date.ToString("dddd d MMMM", CultureInfo.InvariantCulture)}, {(session.Session == Calendars.Session.Am ? "morning" : "afternoon")}";

    private static string Day(RemovalAct act) => Day(act.On);

    private static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}

/// <summary>One thing that a ground asks for.</summary>
/// <param name="Condition">Stable, for programs.</param>
/// <param name="Text">The same in words.</param>
/// <param name="Evidence">What shows it, or what is lacking.</param>
public sealed record RemovalCondition(string Condition, string Text, bool Met, string Evidence, string Clause);
