using Cme.Domain;
using Cme.Storage.People;
using Cme.Web.Security;
using Cme.Web.Security.People;
using Microsoft.AspNetCore.Identity;

namespace Cme.Web.Demo;

/// <summary>Makes the demo's personas people who can sign in, by the password and the authenticator that its credentials name.</summary>
internal sealed class DemoPeople(
    IPeople people, Seals seals, IPasswordHasher<Person> hasher, ILookupNormalizer keys, [FromKeyedServices(Clock.System)] TimeProvider clock)
{
    /// <summary>Safe to repeat: whom there is already stays as they are, unless the credentials are newer than they.</summary>
    /// <param name="renewed">True if the file with the credentials was lost and new ones were made.</param>
    public async Task EnsureAsync(DemoCredentials credentials, bool renewed, CancellationToken cancel)
    {
        var there = (await people.ListAsync(DemoAuthority.Code, null, cancel)).ToDictionary(person => person.Id);
        string? hash = null;
        foreach (var (persona, account) in Personas.All.Zip(credentials.Accounts))
        {
            if (there.TryGetValue(persona.Id, out var held) && !renewed) { continue; }
            var person = held ?? New(persona);
            person.PasswordHash = hash ??= hasher.HashPassword(person, account.Password!);
            person.Authenticator = seals.Seal(Seals.Authenticator, person, account.TotpSecret!);
            person.TwoFactor = true;
            person.SecurityStamp = Guid.NewGuid().ToString("n");
            await (held is null ? people.AddAsync(person, cancel) : people.SaveAsync(person, cancel));
        }
    }

    private Person New(Persona persona) => new()
    {
        Id = persona.Id, Authority = DemoAuthority.Code, School = persona.School, Role = persona.Role, Name = persona.Name, Email = persona.Email,
        EmailKey = keys.NormalizeEmail(persona.Email), UserKey = keys.NormalizeName(persona.Id), CreatedAt = clock.GetUtcNow(),
    };
}
