using Cme.Domain;
using Cme.Domain.Episodes;
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
    public RecordForm Form { get; private set; } = new();
    public ReferralView Referral { get; private set; } = null!;

    /// <summary>Of a child whom nobody has recognised.</summary>
    public NewChildForm Child { get; private set; } = new();

    public async Task<IActionResult> OnGetAsync(string referral)
    {
        if (!await FindAsync(referral)) { return NotFound(); }
        var (child, kind) = (Referral.Held.Child, Referral.Record.Kind);
        Child = NewChildForm.Of(child.Forename, child.Surname, child.DateOfBirth);
        Form = RecordForm.New(EpisodeKinds.OfAuthority.Contains(kind) ? kind : EpisodeKinds.Cme, clock.GetUtcNow());
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string referral, RecordForm form, NewChildForm newChild)
    {
        if (!await FindAsync(referral)) { return NotFound(); }
        (Form, Child) = (form, newChild);
        var known = Referral.Held.Child;
        var child = Referral.Waits && newChild.Read(ModelState, clock.GetUtcNow()) is { } read
            ? read with { Sex = known.Sex, YearGroup = known.YearGroup, Upn = known.Upn } : null;
        if (form.Read(ModelState, clock.GetUtcNow()) is not { } asked) { return Page(); }
        var opened = await acceptance.AcceptAsync(Viewer.Of(User), Referral.Record, asked, child, HttpContext.RequestAborted);
        TempData["Recorded"] = opened!.IsNew ? "The record is open, and the referral has joined it." : "A record of this kind was open already, and the referral has joined it.";
        return LocalRedirect($"/episodes/{opened.Reference}");
    }

    private async Task<bool> FindAsync(string referral)
    {
        if (await reader.FindAsync(Viewer.Of(User), referral, HttpContext.RequestAborted) is not { } held) { return false; }
        Referral = held;
        ReadNote.Of(HttpContext).ChildId = held.Record.ChildId;
        return true;
    }
}
