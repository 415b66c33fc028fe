using System.Collections.Immutable;
using Cme.Domain.Calendars;
using Cme.Domain.Episodes;
using Cme.Domain.Registers.Removals;
using Cme.Storage.Episodes;
using Cme.Web.Api.Removals;
using Cme.Web.Pages.Wording;
using Cme.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Cme.Web.Pages.Episodes;

/// <summary>
/// Whether the name may come off the roll: each condition with its evidence and who can meet it, the code of every session, and what has come
/// off and back.
/// </summary>
[Authorize(Policies.Episode)]
public sealed class RemovalModel(IEpisodes episodes, RemovalReader reader) : EpisodePart(episodes)
{
    /// <summary>h or i; the one whose count stands unless it is said.</summary>
    [FromQuery(Name = "ground")] public string? Ground { get; set; }

    public RemovalNow Removal { get; private set; } = null!;
    public ImmutableArray<ConditionView> Conditions { get; private set; } = [];
    /// <summary>The school days of the absence, each with its sessions, oldest first.</summary>
    public ImmutableArray<AuditedDay> Days { get; private set; } = [];
    /// <summary>Sessions that a removal would have to wait for, or begin after.</summary>
    public ImmutableArray<AuditedSession> InTheWay { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        // What the authority leads itself is about no school's roll.
        if (!await FindAsync() || Episode.Kind != EpisodeKinds.Whereabouts) { return NotFound(); }
        var ground = RemovalGround.OfMissing.FirstOrDefault(one => one.Letter == Ground);
        Removal = await reader.ReadAsync(Episode, ground, HttpContext.RequestAborted);
        Conditions = [.. Removal.Conditions.Select(one => new ConditionView(one, ActFor(one)))];
        InTheWay = [.. Removal.Facts.Sessions.Where(one => one.IsInTheWay)];
        Days = [.. Removal.Facts.Sessions.GroupBy(one => one.Session.Date).Select(day => new AuditedDay(day.Key, [.. day]))];
        return Page();
    }

    /// <summary>The form by which the viewer can meet a condition; null where somebody else does, or nobody by a form.</summary>
    private string? ActFor(RemovalCondition one) => one.Met || !MayRecord ? null : (one.Condition, Viewer.OfAuthority) switch
    {
        ("belief-statement", false) when RemovalGate.SchoolSigners.Contains(Viewer.Role) => ActionNames.RemovalStatement,
        ("school-signature", false) when RemovalGate.SchoolSigners.Contains(Viewer.Role) => ActionNames.JointLog,
        ("authority-signature", true) when RemovalGate.AuthoritySigners.Contains(Viewer.Role) => ActionNames.JointLog,
        ("authority-decision", true) => ActionNames.RollDecision,
        ("school-enquiries", false) => "enquiry",
        ("authority-enquiries", true) => "check",
        _ => null,
    };
}

/// <summary>A condition as it is shown.</summary>
/// <param name="Act">The form by which the viewer can meet it; null if there is none.</param>
public sealed record ConditionView(RemovalCondition Condition, string? Act)
{
    public string Words => Condition.Met ? "Met" : "Not met";
    public string Colour => Condition.Met ? "govuk-tag--green" : "govuk-tag--orange";
}

/// <summary>A school day of the absence.</summary>
public sealed record AuditedDay(DateOnly Date, ImmutableArray<AuditedSession> Sessions)
{
    /// <summary>What a session of the day says: the code, and what it does where that is not plain.</summary>
    public string Of(Session session) => Sessions.FirstOrDefault(one => one.Session.Session == session) is { } held ? Says(held) : "No session";

    /// <summary>Such as "N" or "I: the days are counted anew after it".</summary>
    public static string Says(AuditedSession one) => one.Verdict switch
    {
        CodeVerdict.Missing => "No code",
        CodeVerdict.Breaks => $"{one.Code}: the days are counted anew after it",
        CodeVerdict.Skipped => $"{one.Code}: not counted, and ends nothing",
        _ => one.Code,
    };

    /// <summary>Such as "Monday 7 September 2026, morning".</summary>
    public static string Name(AuditedSession one) => $"{Times.Day(one.Session.Date)}, {(one.Session.Session == Session.Am ? "morning" : "afternoon")}";
}
