using Cme.Storage.Schools;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Cme.Web.Pages.Report;

/// <summary>One question of the public's form.</summary>
[AllowAnonymous]
public sealed class QuestionModel(ReportForms forms, ISchools schools) : ReportPage(forms, schools)
{
    public ReportQuestion Question { get; private set; } = null!;

    /// <summary>True for somebody who checks the answers and changes one: they go back there.</summary>
    [BindProperty(SupportsGet = true)] public bool Change { get; set; }

    /// <summary>Where the page before is.</summary>
    public string Back => Change ? CheckModel.Address : Questions.Before(Question, Answers)?.Address ?? ReportQuestions.Start;

    public async Task<IActionResult> OnGetAsync(string question) => await FindAsync(question) ?? Page();

    public async Task<IActionResult> OnPostAsync(string question)
    {
        if (await FindAsync(question) is { } elsewhere) { return elsewhere; }
        Answers.Take(Question, Request.Form, ModelState);
        Answers.Trapped |= Request.Form["website"].ToString().Length > 0;
        if (!ModelState.IsValid) { return Page(); }
        await Forms.KeepAsync(HttpContext, Answers);
        var next = Questions.After(Question, Answers);
        // A changed answer may ask for another: whoever now wants to be reached has yet to say how.
        return LocalRedirect(Change ? next is { Follows: true } ? $"{next.Address}?change=true" : CheckModel.Address : next?.Address ?? CheckModel.Address);
    }

    /// <summary>Where to go instead: there is no such question, or it is not this visitor's turn.</summary>
    private async Task<IActionResult?> FindAsync(string question)
    {
        await LoadAsync();
        if (Questions.FirstOrDefault(one => one.Id == question) is not { } found) { return NotFound(); }
        Question = found;
        if (question == ReportQuestions.Danger)
        {
            if (Answers.Reference is not null) { Answers = Forms.Begin(); }        // One was sent before: this is another.
            return null;
        }
        if (Answers.IsBegun && found.IsAsked(Answers)) { return null; }
        TempData[nameof(IndexModel.Gone)] = !Answers.IsBegun && Answers.Reference is null && ReportForms.WasKept(HttpContext);
        return LocalRedirect(Answers.Reference is not null ? ReceivedModel.Address : ReportQuestions.Start);
    }
}
