using System.ComponentModel.DataAnnotations;
using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Domain.Procedures;
using Cme.Storage.Episodes;
using Cme.Web.Pages.Calendars;
using Cme.Web.Procedures;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Procedures;

/// <summary>Tries a changed procedure on what was recorded, before anybody works by it. The file is read and not kept.</summary>
[Authorize(Policies.Lead)]
[Audited(ReadKinds.List)]
public sealed class TryModel(ProcedureTrials trials, [FromKeyedServices(Clock.Business)] TimeProvider clock) : PageModel
{
    /// <summary>So many lines are shown; the command line has no such limit.</summary>
    public const int Most = 500;

    /// <summary>A whole pack is a twentieth of this.</summary>
    private const int MostBytes = 1_000_000;

    [BindProperty] public IFormFile? Changed { get; set; }
    [BindProperty] public string? From { get; set; }
    [BindProperty] public string? To { get; set; }

    public ProcedurePack? Tried { get; private set; }
    public TrialReport? Report { get; private set; }
    public (DateOnly From, DateOnly To) Days { get; private set; }

    public void OnGet()
    {
        var today = London.DateOf(clock.GetUtcNow());
        (From, To) = (DayText.Write(today.AddMonths(-3)), DayText.Write(today));
        ReadNote.Of(HttpContext).Counts = false;
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var note = ReadNote.Of(HttpContext);
        note.What = ReadKinds.List;
        Days = (Day(From, nameof(From)), Day(To, nameof(To)));
        if (ModelState.IsValid && Days.To < Days.From) { ModelState.AddModelError(nameof(To), "The last day must not be before the first"); }
        await ReadAsync();
        if (Tried is null || !ModelState.IsValid)
        {
            note.Counts = false;
            return Page();
        }
        Report = await trials.RunAsync(new CallerScope(Viewer.Of(User).Authority), Tried, Days.From, Days.To, HttpContext.RequestAborted);
        note.Rows(Report.Lines.Take(Most).Select(line => line.Episode));
        return Page();
    }

    private DateOnly Day(string? typed, string field)
    {
        if (DayText.Read(typed) is { } day) { return day; }
        ModelState.AddModelError(field, "Enter a day, such as 1 September 2026");
        return default;
    }

    private async Task ReadAsync()
    {
        if (Changed is not { Length: > 0 and <= MostBytes } file)
        {
            ModelState.AddModelError(nameof(Changed), Changed is { Length: > MostBytes } ? "The file is too large to be a procedure" : "Choose the file of the changed procedure");
            return;
        }
        try
        {
            using var reader = new StreamReader(file.OpenReadStream());
            Tried = trials.Read(Path.GetFileName(file.FileName), await reader.ReadToEndAsync(HttpContext.RequestAborted));
        }
        catch (PackInvalidException invalid)
        {
            foreach (var fault in invalid.Faults) { ModelState.AddModelError(nameof(Changed), $"{fault.Pointer}: {fault.Detail}"); }
        }
    }
}
