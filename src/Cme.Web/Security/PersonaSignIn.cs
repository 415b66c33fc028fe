using Cme.Storage.People;
using Cme.Web.Security.People;

namespace Cme.Web.Security;

/// <summary>
/// Signs a visitor of the demo in as one of its personas at the press of a button, without password and second factor. Registered
/// only in the demo: elsewhere there is nothing to call. The personas are people like any other, and can also use the form.
/// </summary>
/// <param name="personas">Whom a visitor can be.</param>
public sealed class PersonaSignIn(IReadOnlyList<Persona> personas)
{
    /// <summary>Whom a visitor can be, in the order in which a page lists them.</summary>
    public IReadOnlyList<Persona> Personas { get; } = personas;

    /// <summary>Starts a session as the persona.</summary>
    /// <returns>False if there is none with this id who has access (nothing then changes).</returns>
    public async Task<bool> SignInAsync(HttpContext context, string? personaId)
    {
        var services = context.RequestServices;
        if (Personas.All(persona => persona.Id != personaId)
            || await services.GetRequiredService<IPeople>().FindAsync(personaId!, context.RequestAborted) is not { EndedAt: null } person)
        {
            return false;
        }
        await services.GetRequiredService<PersonAudit>().TellOwnAsync("signed-in", person, "demo-button");
        await services.GetRequiredService<PersonSessions>().BeginAsync(context, person);
        return true;
    }
}
