using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Domain.Episodes;
using Cme.Web.Pages.Episodes.Record;
using Cme.Web.Pages.Referrals;
using Cme.Web.Records;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Records;

/// <summary>Takes a referral on: of a child whom somebody has recognised, or of one on no roll here.</summary>
[Authorize(Policies.OpenRecords)]
[Audited(ReadKinds.Referral)]
public sealed class AcceptModel(
    ReferralReader reader, ReferralAcceptance acceptance, [FromKeyedServices(Clock.Business)] TimeProvider clock) : PageModel
{
    private const int LongestName = 100;

    public RecordForm Form { get; private set; } = new();
    public ReferralView Referral { get; private set; } = null!;

    /// <summary>Of a child whom nobody has recognised.</summary>
    [BindProperty] public string? Forename { get; set; }
    [BindProperty] public string? Surname { get; set; }
    [BindProperty] public WhenDone Born { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(string referral)
    {
        if (!await FindAsync(referral)) { return NotFound(); }
        var (child, kind) = (Referral.Held.Child, Referral.Record.Kind);
        (Forename, Surname) = (child.Forename, child.Surname);
        Born = child.DateOfBirth is { } born ? WhenDone.Of(London.At(born, TimeOnly.MinValue)) : new();
        Form = RecordForm.New(EpisodeKinds.OfAuthority.Contains(kind) ? kind : EpisodeKinds.Cme, clock.GetUtcNow());
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string referral, RecordForm form)
    {
        if (!await FindAsync(referral)) { return NotFound(); }
        Form = form;
        var child = Referral.Waits ? ReadChild() : null;
        if (form.Read(ModelState, clock.GetUtcNow()) is not { } asked) { return Page(); }
        var opened = await acceptance.AcceptAsync(Viewer.Of(User), Referral.Record, asked, child, HttpContext.RequestAborted);
        TempData["Recorded"] = opened!.IsNew ? "The record is open, and the referral has joined it." : "A record of this kind was open already, and the referral has joined it.";
        return LocalRedirect($"/episodes/{opened.Reference}");
    }

    private NewChild? ReadChild()
    {
        if (Forename?.Trim() is not { Length: > 0 and <= LongestName } forename) { ModelState.AddModelError(nameof(Forename), "Enter the child’s first name"); forename = ""; }
        if (Surname?.Trim() is not { Length: > 0 and <= LongestName } surname) { ModelState.AddModelError(nameof(Surname), "Enter the child’s surname"); surname = ""; }
        if (Born.Date() is not { } born || born > London.DateOf(clock.GetUtcNow()))
        {
            ModelState.AddModelError(nameof(Born), "Enter the child’s date of birth, such as 7 9 2014");
            return null;
        }
        var known = Referral.Held.Child;
        return new(forename, surname, born, known.Sex, known.YearGroup, known.Upn);
    }

    private async Task<bool> FindAsync(string referral)
    {
        if (await reader.FindAsync(Viewer.Of(User), referral, HttpContext.RequestAborted) is not { } held) { return false; }
        Referral = held;
        ReadNote.Of(HttpContext).ChildId = held.Record.ChildId;
        return true;
    }
}
