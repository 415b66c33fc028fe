using Cme.Domain;
using Cme.Storage.Schools;
using Cme.Web.Api.Concerns;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Report;

/// <summary>What somebody is about to report, to be checked, changed and sent.</summary>
[AllowAnonymous]
public sealed class CheckModel : ReportPage
{
    public const string Address = ReportQuestions.Start + "/check-your-answers";

    private readonly ConcernIntake _intake;
    private readonly ConcernLimits _limits;
    private readonly TimeProvider _clock;

    public CheckModel(ReportForms forms, ISchools schools, IServiceProvider services) : base(forms, schools) => (_intake, _limits, _clock) =
        (services.GetRequiredService<ConcernIntake>(), services.GetRequiredService<ConcernLimits>(), services.GetRequiredKeyedService<TimeProvider>(Clock.System));

    /// <summary>The answers by what they are about, each with its question.</summary>
    public IEnumerable<IGrouping<string, ReportQuestion>> Groups =>
        Questions.Where(question => question.IsAsked(Answers) && question.Names.Any()).GroupBy(question => question.Group);

    public async Task<IActionResult> OnGetAsync() => await FindAsync() ?? Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await FindAsync() is { } elsewhere) { return elsewhere; }
        Answers.Trapped |= Request.Form["website"].ToString().Length > 0;
        if (!_limits.MayReport(HttpContext))
        {
            return Refused(429, "Too many reports have come from your internet connection in the last hour. Your answers are kept: try again later, or telephone us. If a child is in danger now, call 999");
        }
        var sent = Answers.ToDocument();
        var (authority, wrong) = await _intake.AuthorityOfAsync(sent.Authority, sent.Child.Postcode, HttpContext.RequestAborted);
        if (wrong is not null) { return LocalRedirect($"{ReportQuestions.Start}/{ReportQuestions.Council}?change=true"); }
        var reference = await _intake.TakeAsync(
            authority!, sent, "form", ReportForms.SendingOf(HttpContext), Answers.IsSuspect(_clock.GetUtcNow()), "", null, CancellationToken.None);
        await Forms.KeepAsync(HttpContext, new ReportAnswers { Reference = reference });
        return LocalRedirect(ReceivedModel.Address);
    }

    private PageResult Refused(int status, string why)
    {
        ModelState.AddModelError("", why);
        Response.StatusCode = status;
        return Page();
    }

    private async Task<IActionResult?> FindAsync()
    {
        await LoadAsync();
        if (Answers.Reference is not null) { return LocalRedirect(ReceivedModel.Address); }
        if (!Answers.IsBegun)
        {
            TempData[nameof(IndexModel.Gone)] = ReportForms.WasKept(HttpContext);
            return LocalRedirect(ReportQuestions.Start);
        }
        // Whoever came here by another way is first asked for what decides.
        return Questions.FirstOrDefault(question => question.IsAsked(Answers) && question.Missing.Length > 0 && Answers[question.Id] is null) is { } missing
            ? LocalRedirect(missing.Address)
            : Answers.IsRecognisable ? null : LocalRedirect($"{ReportQuestions.Start}/description?change=true");
    }
}
