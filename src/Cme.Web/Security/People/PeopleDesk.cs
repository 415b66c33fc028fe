using System.Globalization;
using System.Security.Cryptography;
using Cme.Domain;
using Cme.Storage.People;
using Microsoft.AspNetCore.Identity;

namespace Cme.Web.Security.People;

/// <summary>
/// What administrators do about people: invite, change a role, help back in, end. Each is told to the audit before it is done, so
/// that nothing goes untold; and each may only be done to people of the administrator's own organisation.
/// </summary>
internal sealed class PeopleDesk(
    PersonManager people, IPeople store, IPersonLinks links, PersonAudit audit, Leavers leavers, [FromKeyedServices(Clock.System)] TimeProvider clock)
{
    /// <summary>How long an invitation or a way back in can be used.</summary>
    public static readonly TimeSpan LinkLasts = TimeSpan.FromDays(7);

    /// <summary>The roles that an administrator may give.</summary>
    public static IReadOnlyList<string> RolesOf(Viewer administrator) => administrator.Role switch
    {
        Roles.AuthorityAdmin => Roles.All,
        Roles.SchoolAdmin => [.. Roles.OfSchool, Roles.SchoolAdmin],
        _ => [],
    };

    /// <summary>Whether an administrator manages somebody: everybody of the authority, or those of one's own school.</summary>
    public static bool MayManage(Viewer administrator, Person person) =>
        person.Authority == administrator.Authority && (administrator.OfAuthority || person.School == administrator.School)
        && RolesOf(administrator).Contains(person.Role);

    /// <summary>Somebody whom the administrator manages; null if there is nobody so.</summary>
    public async Task<Person?> FindAsync(Viewer administrator, string id) =>
        await people.FindByIdAsync(id) is { } person && MayManage(administrator, person) ? person : null;

    /// <summary>Adds somebody and makes the link that lets them in. The caller has checked role and school.</summary>
    /// <returns>The secret of the link; null if somebody has the address already.</returns>
    public async Task<(Person Person, string? Secret)> InviteAsync(string actor, string authority, string? school, string role, string name, string email)
    {
        var person = new Person
        {
            Id = $"person-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}", Authority = authority, School = school, Role = role, Name = name,
            Email = email, EmailKey = people.NormalizeEmail(email), UserKey = people.NormalizeEmail(email),
            SecurityStamp = Guid.NewGuid().ToString("n"), CreatedAt = clock.GetUtcNow(),
        };
        if (!await store.AddAsync(person)) { return (person, null); }
        await audit.TellAsync("invited", actor, person, role);
        return (person, await LinkAsync(actor, person));
    }

    /// <summary>Makes a new link for somebody who has not joined; the one before ends.</summary>
    public async Task<string> LinkAsync(string actor, Person person)
    {
        await audit.TellAsync("link-made", actor, person);
        var now = clock.GetUtcNow();
        return await links.MakeAsync(person.Id, actor, now, now + LinkLasts);
    }

    /// <summary>Ends the links of somebody who has not joined.</summary>
    public async Task RevokeLinksAsync(string actor, Person person)
    {
        await audit.TellAsync("link-revoked", actor, person);
        await links.RevokeAsync(person.Id, clock.GetUtcNow());
    }

    /// <summary>Takes away everything somebody signs in by, ends their sessions, and makes a link with which they set it up again.</summary>
    public async Task<string> ResetAsync(string actor, Person person)
    {
        await audit.TellAsync("sign-in-reset", actor, person);
        Hold(await people.DisarmAsync(person));
        return await LinkAsync(actor, person);
    }

    /// <summary>
    /// Gives somebody another role; their sessions end, so that they begin anew with what the role sees. What they had taken on stays theirs
    /// only where they still work on it.
    /// </summary>
    public async Task ChangeRoleAsync(string actor, Person person, string role, string? school)
    {
        await audit.TellAsync("role-changed", actor, person, $"{person.Role} to {role}");
        var moves = person.School != school || !Roles.OfCases.Contains(role) || role == Roles.Auditor;
        (person.Role, person.School) = (role, school);
        Hold(await people.UpdateSecurityStampAsync(person));
        if (moves) { await GiveBackAsync(actor, person); }
    }

    /// <summary>Ends somebody's access: sessions and sockets now, and what they had taken on goes back to their colleagues.</summary>
    public async Task EndAsync(string actor, Person person)
    {
        await audit.TellAsync("ended", actor, person);
        person.EndedAt = clock.GetUtcNow();
        Hold(await people.UpdateSecurityStampAsync(person));
        await links.RevokeAsync(person.Id, clock.GetUtcNow());
        await GiveBackAsync(actor, person);
    }

    private async Task GiveBackAsync(string actor, Person person)
    {
        var given = await leavers.ReleaseAsync(person, actor);
        if (given > 0) { await audit.TellAsync("work-given-back", actor, person, given.ToString(CultureInfo.InvariantCulture)); }
    }

    /// <summary>Lets whoever has a link set a password, once. The caller has checked the password against the rules.</summary>
    /// <returns>The person; null if the link cannot be used any more.</returns>
    public async Task<Person?> JoinAsync(string secret, string password)
    {
        var now = clock.GetUtcNow();
        if (await links.FindAsync(secret, now) is not { } link || await people.FindByIdAsync(link.Person) is not { } person) { return null; }
        if (!await links.UseAsync(secret, now)) { return null; }
        await audit.TellOwnAsync("link-used", person);
        // Whoever had a way in before has it no more: a link is also the way back for somebody who lost theirs.
        Hold(await people.DisarmAsync(person));
        Hold(await people.SetPasswordAsync(person, password));
        return person;
    }

    private static void Hold(IdentityResult result)
    {
        if (!result.Succeeded) { throw new InvalidOperationException($"A change to a person was refused: {string.Join(", ", result.Errors.Select(error => error.Code))}."); }
    }
}
