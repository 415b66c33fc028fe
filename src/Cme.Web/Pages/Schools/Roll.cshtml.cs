using System.Collections.Immutable;
using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Storage.Episodes;
using Cme.Storage.Schools;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Schools;

/// <summary>A school's roll, by name. What is looked for is sent as a form: a name never stands in an address.</summary>
[Authorize(Policies.SchoolBoard)]
[Audited(ReadKinds.Roll)]
public sealed class RollModel(ISchools schools, IEpisodes episodes, [FromKeyedServices(Clock.Business)] TimeProvider clock) : PageModel
{
    private const int PageSize = 100;

    /// <summary>A name, a part of one, a UPN or a pupil id.</summary>
    [BindProperty] public string? Sought { get; set; }
    /// <summary>Pupils who have left, too.</summary>
    [BindProperty] public bool Leavers { get; set; }

    public SchoolRecord School { get; private set; } = null!;
    public ImmutableArray<PupilLine> Pupils { get; private set; } = [];
    public int Found { get; private set; }
    public int Part { get; private set; } = 1;
    public int Parts { get; private set; } = 1;

    /// <param name="part">Which page of the roll, from 1.</param>
    public Task<IActionResult> OnGetAsync(string urn, int part = 1) => ShowAsync(urn, part);

    public Task<IActionResult> OnPostAsync(string urn)
    {
        // A name is sent so that it stands in no address, and nothing is changed.
        ReadNote.Of(HttpContext).What = ReadKinds.RollSearch;
        return ShowAsync(urn, 1);
    }

    private async Task<IActionResult> ShowAsync(string urn, int part)
    {
        var (viewer, cancel) = (Viewer.Of(User), HttpContext.RequestAborted);
        if (!Scope.MayReadSchool(viewer, urn) || await schools.GetAsync(viewer.Authority, urn, cancel) is not { } school) { return NotFound(); }
        School = school;
        var today = London.DateOf(clock.GetUtcNow());
        var open = (await episodes.ListAsync(new() { Scope = new(viewer.Authority, viewer.School), School = urn }, Roll.Most, null, cancel))
            .Rows.ToLookup(row => row.ChildId, row => row.Reference);
        var all = (await schools.PupilsAsync(viewer.Authority, urn, null, Roll.Most, cancel))
            .Select(pupil => PupilLine.Of(pupil, open[pupil.ChildId].FirstOrDefault(), today))
            .Where(line => (line.OnRoll || Leavers) && line.Matches(Sought))
            .OrderBy(line => line.SortName, StringComparer.OrdinalIgnoreCase).ToArray();
        Found = all.Length;
        Parts = string.IsNullOrWhiteSpace(Sought) && !Leavers ? Math.Max(1, (all.Length + PageSize - 1) / PageSize) : 1;
        Part = Math.Clamp(part, 1, Parts);
        // What was sought is in no address, so that its answer has no further page: whoever finds hundreds looks for more letters.
        Pupils = [.. all.Skip((Part - 1) * PageSize).Take(Parts == 1 ? Roll.MostFound : PageSize)];
        ReadNote.Of(HttpContext).Rows(Pupils.Select(pupil => pupil.ChildId));
        return Page();
    }
}

/// <summary>How much of a roll is read at once.</summary>
internal static class Roll
{
    /// <summary>More pupils than any school has.</summary>
    public const int Most = 10_000;

    /// <summary>As many as a page shows of those that were found.</summary>
    public const int MostFound = 200;
}

/// <summary>A pupil in a line of the roll.</summary>
/// <param name="Episode">The reference of an open episode; null if none is.</param>
public sealed record PupilLine(
    string Name, string SortName, string ChildId, string Year, string? Upn, string PupilId, string Standing, bool OnRoll, string? Episode)
{
    public static PupilLine Of(PupilRecord pupil, string? episode, DateOnly today)
    {
        var left = pupil.LeavingDate < today;
        var standing = left ? $"Left on {Wording.Times.Date(pupil.LeavingDate!.Value)}"
            : !pupil.OnList ? "No longer on the school’s list"
            : pupil.EntryDate > today ? $"Starts on {Wording.Times.Date(pupil.EntryDate)}"
            : $"Since {Wording.Times.Date(pupil.EntryDate)}";
        return new PupilLine(
            $"{pupil.Surname}, {pupil.Forename}", $"{pupil.Surname} {pupil.Forename}", pupil.ChildId, Wording.Labels.YearGroup(pupil.YearGroup), pupil.Upn,
            pupil.SchoolPupilId, standing, pupil.OnList && !left, episode);
    }

    /// <summary>Whether every word that is sought begins a name of the pupil, or is the UPN or the pupil id.</summary>
    public bool Matches(string? sought) => (sought ?? "").Split((char[])[' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .All(word => SortName.Split(' ', '-').Any(name => name.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            || string.Equals(Upn, word, StringComparison.OrdinalIgnoreCase) || string.Equals(PupilId, word, StringComparison.OrdinalIgnoreCase));
}
