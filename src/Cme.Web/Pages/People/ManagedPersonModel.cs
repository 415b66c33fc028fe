using Cme.Storage.People;
using Cme.Web.Security;
using Cme.Web.Security.People;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.People;

/// <summary>A page about one of the people whom the administrator manages; anybody else is not found.</summary>
public abstract class ManagedPersonModel(IServiceProvider services) : PageModel
{
    private protected PeopleDesk Desk { get; } = services.GetRequiredService<PeopleDesk>();

    private protected Viewer Viewer => Viewer.Of(User);

    [FromRoute(Name = "person")] public string Id { get; set; } = "";

    public Person Person { get; private set; } = new();

    /// <summary>True for the administrator's own page: nobody ends or demotes themselves, so that somebody always can.</summary>
    public bool IsMe => Person.Id == Viewer.Id;

    /// <summary>Whether the page is only for changing somebody who has access and is not the administrator.</summary>
    protected virtual bool Changes => true;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await Desk.FindAsync(Viewer, Id) is not { } person)
        {
            context.Result = NotFound();
            return;
        }
        Person = person;
        if (Changes && (IsMe || person.EndedAt is not null))
        {
            context.Result = RedirectToPage("/People/Details", new { person = Id });
            return;
        }
        await next();
    }

    /// <summary>The address of a link with its secret, as somebody sends it on.</summary>
    protected string AddressOf(string secret) => $"{Request.Scheme}://{Request.Host}/invitation/{secret}";
}
