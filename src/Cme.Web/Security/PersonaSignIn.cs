using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authentication;

namespace Cme.Web.Security;

/// <summary>
/// Signs a visitor of the demo in as one of its personas, without a password. Registered only in the demo: elsewhere there is
/// nothing to call, and a session that a demo started is refused.
/// </summary>
/// <param name="personas">Whom a visitor can be.</param>
public sealed class PersonaSignIn(IReadOnlyList<Persona> personas)
{
    /// <summary>Whom a visitor can be, in the order in which a page lists them.</summary>
    public IReadOnlyList<Persona> Personas { get; } = personas;

    /// <summary>Starts a session as the persona.</summary>
    /// <returns>The persona, or null if there is none with this id (nothing then changes).</returns>
    public async Task<Persona?> SignInAsync(HttpContext context, string? personaId)
    {
        if (Find(personaId) is not { } persona) { return null; }
        await context.SignInAsync(Schemes.Person, persona.ToViewer().ToPrincipal(Schemes.Person));
        await context.RequestServices.GetRequiredService<ReadAudit>().AddAsync(persona.ToViewer(), ReadKinds.SignIn, null, [], context);
        return persona;
    }

    /// <summary>Ends the session of whoever is signed in.</summary>
    public static Task SignOutAsync(HttpContext context) => context.SignOutAsync(Schemes.Person);

    /// <summary>Whether a session's viewer is still one of the personas, with the same role and organisation.</summary>
    internal bool Knows(Viewer viewer) =>
        Find(viewer.Id)?.ToViewer() is { } known && known.Role == viewer.Role && known.Organisation == viewer.Organisation;

    private Persona? Find(string? id) => Personas.FirstOrDefault(persona => persona.Id == id);
}
