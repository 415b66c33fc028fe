using System.Security.Claims;
using Cme.Storage.People;
using Cme.Web.Pages.Shared;
using Cme.Web.Pages.SignIn;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Cme.Web.Security.People;

/// <summary>
/// Put on a page whose posts cannot be undone, or would help whoever found a screen unlocked. Somebody who has not proved who they
/// are within five minutes is asked for their password or passkey first; what they had sent goes along with the question in its
/// form, so that answering it carries the act out.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FreshSignInAttribute : Attribute, IAsyncPageFilter
{
    internal const string Password = "confirm-password";
    internal const string Passkey = "confirm-passkey";
    private const string OnlyOpening = "confirm-opening";

    /// <summary>True to ask before the page is opened too, such as one that shows a new secret.</summary>
    public bool BeforeOpening { get; init; }

    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var http = context.HttpContext;
        var opening = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        var sessions = http.RequestServices.GetRequiredService<PersonSessions>();
        if ((opening && !BeforeOpening) || Viewer.TryOf(http.User) is null)
        {
            await next();
            return;
        }
        var sent = opening ? null : await http.Request.ReadFormAsync(http.RequestAborted);
        var fresh = sessions.IsFresh(http.User);
        string? wrong = null;
        if (!fresh && sent is not null && (sent.ContainsKey(Password) || sent.ContainsKey(Passkey)))
        {
            wrong = await WhyNotAsync(http, sent[Password].ToString(), sent[Passkey].ToString());
            fresh = wrong is null;
        }
        if (!fresh)
        {
            // The log tells what was done, and nothing has been.
            ReadNote.Of(http).Counts = false;
            context.Result = Ask(context, opening, sent, wrong);
            return;
        }
        if (sent?.ContainsKey(OnlyOpening) == true)
        {
            context.Result = new LocalRedirectResult(Address(http.Request));
            return;
        }
        await next();
    }

    /// <summary>Checks the password or passkey; null if it was right, and then the session is fresh again.</summary>
    private static async Task<string?> WhyNotAsync(HttpContext http, string password, string passkey)
    {
        var services = http.RequestServices;
        var me = await services.GetRequiredService<PersonManager>().FindByIdAsync(http.User.FindFirstValue(ClaimTypes.NameIdentifier)!);
        if (me is null) { return Refusals.WrongPassword; }
        var desk = services.GetRequiredService<SignInDesk>();
        if (passkey.Length > 0)
        {
            if ((await desk.PasskeyAsync(passkey))?.Id != me.Id) { return "That passkey did not work. Use another, or your password"; }
        }
        else if (await desk.PasswordOfAsync(me, password) is var result and not Checked.Right)
        {
            return result == Checked.Locked ? Refusals.Locked : Refusals.WrongPassword;
        }
        await services.GetRequiredService<PersonAudit>().TellOwnAsync("confirmed", me, passkey.Length > 0 ? "passkey" : "password");
        await services.GetRequiredService<PersonSessions>().RenewAsync(http, me);
        return null;
    }

    private static ViewResult Ask(PageHandlerExecutingContext context, bool opening, IFormCollection? sent, string? wrong)
    {
        var model = new ConfirmView(
            Address(context.HttpContext.Request),
            opening ? [new(OnlyOpening, "yes")]
                : [.. from field in sent! where field.Key is not (Password or Passkey or "__RequestVerificationToken")
                      from value in field.Value select KeyValuePair.Create(field.Key, value ?? "")]);
        var state = new ModelStateDictionary();
        if (wrong is not null) { state.AddModelError(Password, wrong); }
        var metadata = context.HttpContext.RequestServices.GetRequiredService<IModelMetadataProvider>();
        return new ViewResult { ViewName = "~/Pages/Shared/Confirm.cshtml", ViewData = new ViewDataDictionary<ConfirmView>(metadata, state) { Model = model } };
    }

    private static string Address(HttpRequest request) => $"{request.Path}{request.QueryString}";
}
