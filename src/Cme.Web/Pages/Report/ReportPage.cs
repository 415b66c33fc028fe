using System.Collections.Immutable;
using Cme.Storage.Schools;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Report;

/// <summary>A page of the public's form.</summary>
public abstract class ReportPage(ReportForms forms, ISchools schools) : PageModel
{
    /// <summary>What the visitor answered so far.</summary>
    public ReportAnswers Answers { get; private protected set; } = new();

    public ImmutableArray<ReportQuestion> Questions { get; private set; } = [];

    private protected ReportForms Forms => forms;

    private protected async Task LoadAsync()
    {
        Questions = ReportQuestions.For([.. (await schools.AuthoritiesAsync(HttpContext.RequestAborted)).Select(council => (council.Code, council.Name))]);
        Answers = await forms.FindAsync(HttpContext) ?? forms.Begin();
    }
}
