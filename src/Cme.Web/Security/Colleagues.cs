using System.Collections.Immutable;
using Cme.Storage.People;
using Cme.Storage.Schools;
using Cme.Web.Security.People;

namespace Cme.Web.Security;

/// <summary>Someone who can be chosen: to be given an episode, or to be named for a record.</summary>
/// <param name="Id">Stable and without personal data; as <see cref="Viewer.Id"/>.</param>
/// <param name="Place">The name of the person's school, or of the authority.</param>
public sealed record Colleague(string Id, string Name, string Role, string Place);

/// <summary>The people of an organisation who have access and have joined, and who see cases.</summary>
public interface IColleagues
{
    /// <summary>Who of the viewer's own organisation works on episodes, by name; the viewer is among them.</summary>
    Task<ImmutableArray<Colleague>> OfAsync(Viewer viewer);

    /// <summary>Whom the viewer may name for a record, by name (ADR 0212): a school's DSL its people, the CME lead everybody of the authority.</summary>
    Task<ImmutableArray<Colleague>> NameableAsync(Viewer viewer);

    /// <summary>Who works on the episodes of a school: its own people, and the authority's, by name.</summary>
    Task<ImmutableArray<Colleague>> AnsweringForAsync(string authority, string urn);

    /// <summary>Which person of an organisation a system means by a name; null if nobody is called so, or more than one.</summary>
    /// <param name="organisation">A school's URN or the authority's code.</param>
    Task<string?> IdOfAsync(string authority, string organisation, string name);
}

/// <summary>Those who are stored.</summary>
internal sealed class StoredColleagues(IPeople people, ISchools schools) : IColleagues
{
    public async Task<ImmutableArray<Colleague>> OfAsync(Viewer viewer) => await ChooseAsync(
        viewer.Authority, viewer.School, one => one.Organisation == viewer.Organisation && !one.ReadOnly);

    public Task<ImmutableArray<Colleague>> NameableAsync(Viewer viewer) => ChooseAsync(viewer.Authority, viewer.School, _ => true);

    public Task<ImmutableArray<Colleague>> AnsweringForAsync(string authority, string urn) =>
        ChooseAsync(authority, null, one => !one.ReadOnly && (one.OfAuthority || one.School == urn));

    public async Task<string?> IdOfAsync(string authority, string organisation, string name) =>
        (await ActiveAsync(authority, organisation == authority ? null : organisation))
            .Where(one => one.Organisation == organisation && !one.ReadOnly && one.Name == name).Select(one => one.Id).Take(2).ToArray() is [var id] ? id : null;

    private async Task<ImmutableArray<Colleague>> ChooseAsync(string authority, string? school, Func<Viewer, bool> chosen)
    {
        var places = (await schools.ListAsync(authority)).ToDictionary(one => one.Urn, one => one.Name);
        return
        [
            .. from one in await ActiveAsync(authority, school)
               where chosen(one)
               orderby one.Name, one.Id
               select new Colleague(one.Id, one.Name, one.Role, one.School is { } urn ? places.GetValueOrDefault(urn, urn) : "the council"),
        ];
    }

    private async Task<IEnumerable<Viewer>> ActiveAsync(string authority, string? school) =>
        from person in await people.ListAsync(authority, school)
        let one = PersonSessions.ViewerOf(person)
        where person is { EndedAt: null, PasswordHash: not null } && one.SeesCases
        select one;
}
