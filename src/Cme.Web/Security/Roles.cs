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

    /// <summary>Roles within one school. Each sees its own school and no other.</summary>
    public static IReadOnlyList<string> OfSchool { get; } = [AttendanceOfficer, Dsl, DeputyDsl, Head];

    /// <summary>Roles within an authority.</summary>
    public static IReadOnlyList<string> OfAuthority { get; } = [DutyDesk, TrackingOfficer, CmeLead, Auditor];

    /// <summary>Every role that there is.</summary>
    public static IReadOnlyList<string> All { get; } = [.. OfSchool, .. OfAuthority];

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
        _ => role,
    };
}
