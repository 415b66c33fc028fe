using Cme.Domain;
using Cme.Storage.People;

namespace Cme.Web.Security.People;

/// <summary>
/// The one place that tells what happened to people's ways in: every sign-in and failure, invitation, change and end. Each is an entry of the
/// chain of who read what (ADR 0211, 0267).
/// </summary>
internal sealed class PersonAudit(
    IPersonEvents events, IHttpContextAccessor http, [FromKeyedServices(Clock.System)] TimeProvider system,
    [FromKeyedServices(Clock.Business)] TimeProvider business)
{
    /// <summary>The actor of somebody who did not get in.</summary>
    public const string Nobody = "nobody";

    /// <summary>The actor of a command of the machine: whoever may run programs there.</summary>
    public const string Operator = "operator";

    /// <param name="what">A short stable name, such as <c>signed-in</c>.</param>
    /// <param name="actor">The id of whoever did it.</param>
    /// <param name="person">Whom it concerns; somebody who is nowhere stored counts as nobody.</param>
    /// <param name="detail">A role, a way of signing in; never a name or an address.</param>
    public Task TellAsync(string what, string actor, Person? person, string detail = "") =>
        TellAsync(what, actor, person is { Id.Length: > 0 } known ? known.Authority : "", person is { Id.Length: > 0 } ? person.Id : null, detail);

    /// <summary>What somebody did about their own way in.</summary>
    public Task TellOwnAsync(string what, Person person, string detail = "") => TellAsync(what, person.Id, person, detail);

    /// <summary>What an administrator did about a system's way in.</summary>
    /// <param name="organisation">Whose key it is: a school's URN or the authority's code.</param>
    public Task TellOfKeyAsync(string what, Viewer administrator, string organisation) =>
        TellAsync(what, administrator.Id, administrator.Authority, null, organisation);

    private Task TellAsync(string what, string actor, string authority, string? person, string detail) => events.AddAsync(
        new(system.GetUtcNow(), authority, actor, person, what, detail), business.GetUtcNow(),
        http.HttpContext?.Connection.RemoteIpAddress?.ToString() ?? "");
}
