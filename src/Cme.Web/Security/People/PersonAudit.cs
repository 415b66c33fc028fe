using Cme.Domain;
using Cme.Storage.People;

namespace Cme.Web.Security.People;

/// <summary>The one place that tells what happened to people's ways in: every sign-in and failure, invitation, change and end.</summary>
internal sealed class PersonAudit(IPersonEvents events, [FromKeyedServices(Clock.System)] TimeProvider clock)
{
    /// <summary>The actor of somebody who did not get in.</summary>
    public const string Nobody = "nobody";

    /// <param name="what">A short stable name, such as <c>signed-in</c>.</param>
    /// <param name="actor">The id of whoever did it.</param>
    /// <param name="person">Whom it concerns; somebody who is nowhere stored counts as nobody.</param>
    /// <param name="detail">A role, a way of signing in; never a name or an address.</param>
    public Task TellAsync(string what, string actor, Person? person, string detail = "")
    {
        var known = person is { Id.Length: > 0 } ? person : null;
        return events.AddAsync(new(clock.GetUtcNow(), known?.Authority, actor, known?.Id, what, detail));
    }

    /// <summary>What somebody did about their own way in.</summary>
    public Task TellOwnAsync(string what, Person person, string detail = "") => TellAsync(what, person.Id, person, detail);
}
