using System.Net.Mail;
using Cme.Storage.People;
using Cme.Storage.Schools;
using Cme.Web.Security;
using Cme.Web.Security.People;
using Microsoft.AspNetCore.Identity;

namespace Cme.Web.Hosting.Admin;

/// <summary>
/// What the operator of the machine does before anybody can sign in, and when nobody can any more: makes the first administrator
/// of an empty system, and links for one who is locked out. It starts no web server, and works beside a running one.
/// </summary>
internal static class AdminCommand
{
    private const string Usage =
        """
        cme admin init --authority CODE --council NAME --name NAME --email EMAIL   makes the first council and its administrator
        cme admin link EMAIL                                                      makes a new one-time link for an administrator
        """;

    /// <summary>Whether the program was asked for this instead of serving.</summary>
    public static bool IsAsked(string[] args) => args is ["admin", ..];

    /// <returns>The exit code: 0 if it was done.</returns>
    public static async Task<int> RunAsync(WebApplication app, string[] args)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var (link, refusal) = args switch
        {
            [_, "init", ..] => await InitAsync(scope.ServiceProvider, app.Configuration),
            [_, "link", { Length: > 0 } email, ..] when !email.StartsWith('-') => await LinkAsync(scope.ServiceProvider, email),
            _ => (null, Usage),
        };
        if (link is null)
        {
            await Console.Error.WriteLineAsync(refusal);
            return 1;
        }
        await Console.Out.WriteLineAsync($"\nOpen this link within {PeopleDesk.LinkLasts.TotalDays} days. It works once:\n\n  {BaseUrl(app.Configuration)}/invitation/{link}\n");
        return 0;
    }

    private static async Task<(string? Link, string Refusal)> InitAsync(IServiceProvider services, IConfiguration given)
    {
        var people = services.GetRequiredService<IPeople>();
        if (await people.AnyAsync(Roles.AuthorityAdmin))
        {
            return (null, "There is an administrator already. To let one back in: cme admin link EMAIL. More are invited on the page People.");
        }
        var (code, council, name, email) = (Asked(given, "authority"), Asked(given, "council"), Asked(given, "name"), Asked(given, "email"));
        if (Fault(code, council, name, email) is { } fault) { return (null, $"{fault}\n\n{Usage}"); }
        var schools = services.GetRequiredService<ISchools>();
        if (await schools.GetAuthorityAsync(code) is null) { await schools.PutAuthorityAsync(new AuthorityRecord(code, council)); }
        var (_, secret) = await services.GetRequiredService<PeopleDesk>().InviteAsync(PersonAudit.Operator, code, null, Roles.AuthorityAdmin, name, email);
        return (secret, $"Somebody with the address {email} has access already. Use another, or have their role changed.");
    }

    private static async Task<(string? Link, string Refusal)> LinkAsync(IServiceProvider services, string email)
    {
        var key = services.GetRequiredService<ILookupNormalizer>().NormalizeEmail(email);
        var person = await services.GetRequiredService<IPeople>().FindByKeyAsync(key);
        return person is not null && Roles.Administrators.Contains(person.Role)
            ? (await services.GetRequiredService<PeopleDesk>().LinkAsync(PersonAudit.Operator, person), "")
            : (null, $"No administrator has the address {email}. Anybody else asks their administrator for a link.");
    }

    private static string? Fault(string code, string council, string name, string email) =>
        code.Length is 0 or > 16 || !code.All(char.IsAsciiLetterOrDigit) ? "--authority: give the council's code, such as 941."
        : council.Length == 0 ? "--council: give the council's name."
        : name.Length == 0 ? "--name: give the administrator's name."
        : !MailAddress.TryCreate(email, out var address) || address.Address != email ? "--email: give the administrator's email address."
        : null;

    private static string Asked(IConfiguration given, string name)
    {
        if (given[name] is { Length: > 0 } value) { return value.Trim(); }
        if (Console.IsInputRedirected) { return ""; }
        Console.Write($"{name}: ");
        return Console.ReadLine()?.Trim() ?? "";
    }

    private static string BaseUrl(IConfiguration given) => (given["url"] ?? given["Urls"] ?? "http://localhost:5080").Split(';')[0].TrimEnd('/');
}
