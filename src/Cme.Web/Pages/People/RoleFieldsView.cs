using System.Collections.Immutable;
using Cme.Storage.Schools;
using Cme.Web.Security;
using Cme.Web.Security.People;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Cme.Web.Pages.People;

/// <summary>The questions which role somebody has, and at which school.</summary>
/// <param name="Schools">Empty for an administrator of one school, whose people are all there.</param>
public sealed record RoleFieldsView(IReadOnlyList<string> Roles, IReadOnlyList<SchoolRecord> Schools, string? Role, string? School)
{
    /// <summary>The questions for an administrator.</summary>
    public static RoleFieldsView For(Viewer administrator, ImmutableArray<SchoolRecord> schools, string? role, string? school) =>
        new(PeopleDesk.RolesOf(administrator), administrator.OfAuthority ? schools : [], role, school);

    /// <summary>
    /// The role and school that were answered, within what the administrator may give; null after saying beside the fields what is wrong.
    /// </summary>
    public (string Role, string? School)? Answer(Viewer administrator, ModelStateDictionary faults)
    {
        if (Role is null || !Roles.Contains(Role))
        {
            faults.AddModelError("role", "Select a role");
            return null;
        }
        if (!Security.Roles.IsOfSchool(Role)) { return (Role, null); }
        var school = administrator.School ?? Schools.FirstOrDefault(one => one.Urn == School)?.Urn;
        if (school is not null) { return (Role, school); }
        faults.AddModelError("school", "Select the school where they work");
        return null;
    }

    public static string Hint(string role) => role switch
    {
        Security.Roles.Auditor => "Reads everything and records nothing",
        Security.Roles.SchoolAdmin => "Manages people and keys of one school. Sees no case",
        Security.Roles.AuthorityAdmin => "Manages schools, people and keys. Sees no case",
        _ => "",
    };
}
