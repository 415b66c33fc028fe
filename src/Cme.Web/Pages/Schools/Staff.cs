using System.Collections.Immutable;
using Cme.Web.Security;

namespace Cme.Web.Pages.Schools;

/// <summary>Who works at a school, and for it at its authority.</summary>
/// <param name="personas">The people of the demo; null elsewhere.</param>
public sealed class Staff(PersonaSignIn? personas = null)
{
    /// <summary>Role and name of those who can sign in.</summary>
    public Task<ImmutableArray<(string Role, string Name)>> OfAsync(string authority, string urn, CancellationToken cancel) =>
        Task.FromResult<ImmutableArray<(string Role, string Name)>>(
        [
            .. from persona in personas?.Personas ?? []
               where persona.ToViewer().Authority == authority && (persona.School is null || persona.School == urn) && persona.Role != Roles.Auditor
               select (persona.Role, persona.Name),
        ]);
}
