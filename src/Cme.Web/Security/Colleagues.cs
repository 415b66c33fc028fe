using System.Collections.Immutable;
using Cme.Storage.People;
using Cme.Web.Security.People;

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

/// <summary>Those who have access and have joined.</summary>
internal sealed class StoredColleagues(IPeople people) : IColleagues
{
    public async Task<ImmutableArray<Colleague>> OfAsync(Viewer viewer) =>
    [
        .. from person in await people.ListAsync(viewer.Authority, viewer.School)
           let one = PersonSessions.ViewerOf(person)
           where person is { EndedAt: null, PasswordHash: not null } && one.Organisation == viewer.Organisation && one.SeesCases && !one.ReadOnly
           orderby one.Name
           select new Colleague(one.Id, one.Name, one.Role),
    ];
}
