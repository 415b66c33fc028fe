using System.Collections.Immutable;
using Cme.Storage.People;
using Cme.Web.Security;

namespace Cme.Web.Pages.Schools;

/// <summary>Who works at a school, and for it at its authority.</summary>
public sealed class Staff(IPeople people)
{
    /// <summary>Role and name of those who can sign in and work on its episodes.</summary>
    public async Task<ImmutableArray<(string Role, string Name)>> OfAsync(string authority, string urn, CancellationToken cancel) =>
    [
        .. from person in await people.ListAsync(authority, null, cancel)
           where person is { EndedAt: null, PasswordHash: not null } && (person.School is null || person.School == urn)
               && Roles.OfCases.Contains(person.Role) && person.Role != Roles.Auditor
           select (person.Role, person.Name),
    ];
}
