namespace Cme.Web.Security;

/// <summary>The roles of people, under the names that the published contract gives them. A person has exactly one.</summary>
public static class Roles
{
    public const string AttendanceOfficer = "attendance-officer";
    public const string Dsl = "dsl";
    public const string DeputyDsl = "deputy-dsl";
    public const string Head = "head";
    public const string DutyDesk = "duty-desk";
    public const string TrackingOfficer = "tracking-officer";
    public const string CmeLead = "cme-lead";
    /// <summary>Reads everything of an authority and records nothing.</summary>
    public const string Auditor = "auditor";
    /// <summary>Manages the people and keys of one school, and sees no case.</summary>
    public const string SchoolAdmin = "school-admin";
    /// <summary>Manages people, keys, schools and calendars of an authority, and sees no case.</summary>
    public const string AuthorityAdmin = "authority-admin";

    /// <summary>Roles within one school that see cases. Each sees its own school and no other.</summary>
    public static IReadOnlyList<string> OfSchool { get; } = [AttendanceOfficer, Dsl, DeputyDsl, Head];

    /// <summary>Roles within an authority that see cases.</summary>
    public static IReadOnlyList<string> OfAuthority { get; } = [DutyDesk, TrackingOfficer, CmeLead, Auditor];

    /// <summary>Every role that sees cases.</summary>
    public static IReadOnlyList<string> OfCases { get; } = [.. OfSchool, .. OfAuthority];

    /// <summary>Roles that manage the service and see nothing of any case (FACTS D3).</summary>
    public static IReadOnlyList<string> Administrators { get; } = [SchoolAdmin, AuthorityAdmin];

    /// <summary>Every role that there is.</summary>
    public static IReadOnlyList<string> All { get; } = [.. OfCases, .. Administrators];

    /// <summary>Whether somebody with this role belongs to one school.</summary>
    public static bool IsOfSchool(string role) => role == SchoolAdmin || OfSchool.Contains(role);

    /// <summary>What a role is called on a page.</summary>
    public static string Title(string role) => role switch
    {
        AttendanceOfficer => "Attendance officer",
        Dsl => "Designated safeguarding lead",
        DeputyDsl => "Deputy designated safeguarding lead",
        Head => "Head teacher",
        DutyDesk => "Duty desk officer",
        TrackingOfficer => "Tracking officer",
        CmeLead => "Children missing education lead",
        Auditor => "Auditor",
        SchoolAdmin => "School administrator",
        AuthorityAdmin => "Council administrator",
        _ => role,
    };
}
