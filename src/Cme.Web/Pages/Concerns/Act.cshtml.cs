using Cme.Web.Api.Concerns;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Cme.Web.Pages.Concerns;

/// <summary>Records something that was done about a concern.</summary>
[Authorize(Policies.WorkConcerns)]
[Audited(ReadKinds.Concern)]
public sealed class ActModel(ConcernReader reader, ConcernDesk desk) : ConcernPage(reader, desk)
{
    public ConcernForm Form { get; private set; } = null!;

    [BindProperty] public string? Outcome { get; set; }
    [BindProperty] public string? Whom { get; set; }
    [BindProperty] public string? Way { get; set; }
    [BindProperty] public string? Note { get; set; }

    public async Task<IActionResult> OnGetAsync(string concern, string act) => await FindFormAsync(concern, act) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string concern, string act)
    {
        if (!await FindFormAsync(concern, act)) { return NotFound(); }
        if (!Form.Choices.IsEmpty && Outcome is null) { ModelState.AddModelError(nameof(Outcome), $"Answer the question: {Form.Question}"); }
        if (!Form.Whom.IsEmpty && Whom is null) { ModelState.AddModelError(nameof(Whom), $"Answer the question: {Form.WhomQuestion}"); }
        if (Form.AsksWay && Way is null) { ModelState.AddModelError(nameof(Way), "Select how the family was contacted"); }
        if (!ModelState.IsValid) { return Page(); }
        var deed = Desk.DeedOf(Viewer, Form.Action, Form.Choices.IsEmpty ? null : Outcome) with
        {
            Whom = Form.Whom.IsEmpty ? null : Whom, Way = Form.AsksWay ? Way : null, Note = string.IsNullOrWhiteSpace(Note) ? null : Note.Trim(),
        };
        return await RecordAsync(deed, Form.Choices.IsEmpty ? "" : nameof(Outcome), $"{ConcernWords.Done(deed)}.");
    }

    private async Task<bool> FindFormAsync(string concern, string act)
    {
        if (ConcernForms.Of(act) is not { } form || !await FindAsync(concern)) { return false; }
        Form = form;
        return true;
    }
}
