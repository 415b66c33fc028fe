using System.Collections.Immutable;
using Cme.Domain.Procedures;
using Cme.Web.Pages.Wording;

namespace Cme.Web.Pages.Schools;

/// <summary>Who answers for what at a school: a role, who has it, and the steps of the procedure that it does.</summary>
/// <param name="People">Their names; none if nobody of this role can sign in.</param>
/// <param name="Steps">In the order of the procedure.</param>
public sealed record Answering(string Role, ImmutableArray<string> People, ImmutableArray<string> Steps)
{
    /// <summary>The roles that have a step, or somebody; those of the school first.</summary>
    public static ImmutableArray<Answering> Of(ProcedurePack pack, IEnumerable<Security.Colleague> people)
    {
        var named = people.ToLookup(person => person.Role, person => person.Name);
        var steps = pack.Steps.ToLookup(step => step.Who, step => Labels.Words(step.Id));
        return
        [
            .. from role in Security.Roles.OfSchool.Concat(Security.Roles.OfAuthority)
               where steps.Contains(role) || named.Contains(role)
               select new Answering(Security.Roles.Title(role), [.. named[role]], [.. steps[role].Select((step, at) => at == 0 ? step : char.ToLowerInvariant(step[0]) + step[1..])]),
        ];
    }
}
