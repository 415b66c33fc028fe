using System.Collections.Immutable;

namespace Cme.Web.Security;

/// <summary>A person who can be named for a record.</summary>
public sealed record Nameable(string Id, string Name, string Role);

/// <summary>Whom somebody may name for a record (ADR 0212): the DSL of a school its people, the CME lead everybody of the authority.</summary>
public interface INameableUsers
{
    Task<ImmutableArray<Nameable>> ForAsync(Viewer viewer, CancellationToken cancel);
}

/// <summary>The people of the demo.</summary>
internal sealed class NameablePersonas(PersonaSignIn? personas = null) : INameableUsers
{
    public Task<ImmutableArray<Nameable>> ForAsync(Viewer viewer, CancellationToken cancel) => Task.FromResult<ImmutableArray<Nameable>>(
    [
        .. (personas?.Personas ?? []).Where(one => viewer.OfAuthority || one.School == viewer.School)
            .Select(one => new Nameable(one.Id, one.Name, one.Role)).OrderBy(one => one.Name, StringComparer.Ordinal),
    ]);
}
