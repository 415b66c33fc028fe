using System.Collections.Immutable;

namespace Cme.Web.Security;

/// <summary>Someone of an organisation to whom an episode can be given.</summary>
/// <param name="Id">Stable and without personal data; as <see cref="Viewer.Id"/>.</param>
public sealed record Colleague(string Id, string Name, string Role);

/// <summary>The people of an organisation.</summary>
public interface IColleagues
{
    /// <summary>Who of the viewer's own organisation works on episodes, by name; the viewer is among them.</summary>
    Task<ImmutableArray<Colleague>> OfAsync(Viewer viewer);
}

/// <summary>The invented people of the demo.</summary>
internal sealed class ColleaguesOfDemo(PersonaSignIn? personas = null) : IColleagues
{
    public Task<ImmutableArray<Colleague>> OfAsync(Viewer viewer) => Task.FromResult<ImmutableArray<Colleague>>(
    [
        .. from persona in personas?.Personas ?? []
           let one = persona.ToViewer()
           where one.Organisation == viewer.Organisation && !one.ReadOnly
           orderby one.Name
           select new Colleague(one.Id, one.Name, one.Role),
    ]);
}
