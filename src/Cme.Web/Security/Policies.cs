using Microsoft.AspNetCore.Authorization;

namespace Cme.Web.Security;

/// <summary>
/// The rules that routes name. Everything is denied unless a route names one of these, a scope, or says that anyone may come
/// in; a test enumerates the routes and fails for one without a rule.
/// </summary>
public static class Policies
{
    /// <summary>A school's own board: its people, and the authority's officers.</summary>
    public const string SchoolBoard = "page:school-board";
    /// <summary>The duty desk's board: the authority's officers and its auditor.</summary>
    public const string Desk = "page:desk";
    /// <summary>The CME lead's board: the lead, and the auditor to read.</summary>
    public const string Lead = "page:lead";
    /// <summary>An episode's page, to read. Whose episode it is, <see cref="Scope"/> says.</summary>
    public const string Episode = "page:episode";
    /// <summary>Recording what was done: everyone with a role but the auditor.</summary>
    public const string RecordAction = "page:record-action";
    /// <summary>Saying who may read layer 4 of a record: the CME lead, and the DSL of the school.</summary>
    public const string NameReaders = "page:name-readers";
    /// <summary>The log of who read what: the auditor and the CME lead.</summary>
    public const string Log = "page:log";
    /// <summary>A child's page, to read. Whose child it is, <see cref="Scope"/> says.</summary>
    public const string Child = "page:child";
    /// <summary>The authority's flags of a child, to change: the authority's officers but not its auditor.</summary>
    public const string SetFlags = "page:set-flags";
    /// <summary>Opening records that the authority leads: its officers but not its auditor.</summary>
    public const string OpenRecords = "page:open-records";
    /// <summary>A school's calendar, to publish: its head and its DSL, and the authority's lead.</summary>
    public const string PublishCalendar = "page:publish-calendar";
    /// <summary>The authority's office hours and closures, to publish: its lead and its administrator.</summary>
    public const string PublishOffices = "page:publish-offices";
    /// <summary>What an authority's episodes add up to: its officers and its auditor.</summary>
    public const string Pictures = "page:pictures";
    /// <summary>Whom an authority's schools name for others to turn to: its officers and its auditor.</summary>
    public const string SchoolContacts = "page:school-contacts";
    /// <summary>The reports of an authority (DOR-56, SUF-17): its lead and its auditor.</summary>
    public const string Reports = "page:reports";
    /// <summary>The reports of one school: its head, and those who read its authority's.</summary>
    public const string SchoolReports = "page:school-reports";
    /// <summary>One's own account: anybody signed in, and whoever has only their password behind them, to set up a second factor.</summary>
    public const string Account = "page:account";
    /// <summary>Managing people and keys: the administrators, each of their own organisation.</summary>
    public const string People = "page:people";
    /// <summary>Managing an authority: its schools, calendar and everybody in it.</summary>
    public const string SetUp = "page:set-up";
    /// <summary>Any signed-in person who sees cases: everybody but the administrators.</summary>
    public const string Person = "page:person";
    /// <summary>The live boards: a signed-in person, or a key that may read cases.</summary>
    public const string Live = "live";
    /// <summary>What only an authority's key may do, such as creating a school.</summary>
    public const string AuthorityWrite = "key:authority:school.write";

    /// <summary>What only an authority's key may do about cases, such as saying whose one is.</summary>
    public const string AuthorityCases = "key:authority:case.write";

    /// <summary>What only an authority's key may read of cases: no school sees a concern, not even about its own pupil (CHE-05).</summary>
    public const string AuthorityReads = "key:authority:case.read";

    /// <summary>What people of the public reported, to work on: the authority's officers but not its auditor.</summary>
    public const string WorkConcerns = "page:work-concerns";

    internal static void Register(AuthorizationOptions options)
    {
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();

        foreach (var scope in Scopes.All) { options.AddPolicy(scope, policy => ForKey(policy, scope)); }
        options.AddPolicy(AuthorityWrite, policy => ForKey(policy, Scopes.SchoolWrite)
            .RequireAssertion(context => Viewer.TryOf(context.User) is { OfAuthority: true }));

        options.AddPolicy(AuthorityCases, policy => ForKey(policy, Scopes.CaseWrite)
            .RequireAssertion(context => Viewer.TryOf(context.User) is { OfAuthority: true }));

        options.AddPolicy(AuthorityReads, policy => ForKey(policy, Scopes.CaseRead)
            .RequireAssertion(context => Viewer.TryOf(context.User) is { OfAuthority: true }));

        options.AddPolicy(WorkConcerns, policy => ForPerson(policy, [Roles.DutyDesk, Roles.TrackingOfficer, Roles.CmeLead]));
        options.AddPolicy(SchoolBoard, policy => ForPerson(policy, Roles.OfCases));
        options.AddPolicy(Desk, policy => ForPerson(policy, Roles.OfAuthority));
        options.AddPolicy(Lead, policy => ForPerson(policy, [Roles.CmeLead, Roles.Auditor]));
        options.AddPolicy(Episode, policy => ForPerson(policy, Roles.OfCases));
        options.AddPolicy(RecordAction, policy => ForPerson(policy, [.. Roles.OfCases.Where(role => role != Roles.Auditor)]));
        options.AddPolicy(NameReaders, policy => ForPerson(policy, [Roles.CmeLead, Roles.Dsl]));
        options.AddPolicy(Log, policy => ForPerson(policy, [Roles.CmeLead, Roles.Auditor]));
        options.AddPolicy(Child, policy => ForPerson(policy, Roles.OfCases));
        options.AddPolicy(SetFlags, policy => ForPerson(policy, [Roles.DutyDesk, Roles.TrackingOfficer, Roles.CmeLead]));
        options.AddPolicy(OpenRecords, policy => ForPerson(policy, [Roles.DutyDesk, Roles.TrackingOfficer, Roles.CmeLead]));
        options.AddPolicy(PublishCalendar, policy => ForPerson(policy, [Roles.Head, Roles.Dsl, Roles.CmeLead]));
        options.AddPolicy(PublishOffices, policy => ForPerson(policy, [Roles.CmeLead, Roles.AuthorityAdmin]));
        options.AddPolicy(Pictures, policy => ForPerson(policy, [Roles.DutyDesk, Roles.TrackingOfficer, Roles.CmeLead, Roles.Auditor]));
        options.AddPolicy(SchoolContacts, policy => ForPerson(policy, Roles.OfAuthority));
        options.AddPolicy(Reports, policy => ForPerson(policy, [Roles.CmeLead, Roles.Auditor]));
        options.AddPolicy(SchoolReports, policy => ForPerson(policy, [Roles.Head, Roles.CmeLead, Roles.Auditor]));
        options.AddPolicy(Person, policy => ForPerson(policy, Roles.OfCases));
        options.AddPolicy(Account, policy => policy.AddAuthenticationSchemes(Schemes.Person, Schemes.HalfWay).RequireAuthenticatedUser());
        options.AddPolicy(People, policy => ForPerson(policy, Roles.Administrators));
        options.AddPolicy(SetUp, policy => ForPerson(policy, [Roles.AuthorityAdmin]));
        options.AddPolicy(Live, policy => policy
            .AddAuthenticationSchemes(Schemes.Edge)
            .RequireAssertion(context => Viewer.TryOf(context.User) is { } viewer
                && (viewer.SeesCases || viewer.Scopes.Contains(Scopes.CaseRead))));
    }

    private static AuthorizationPolicyBuilder ForKey(AuthorizationPolicyBuilder policy, string scope) =>
        policy.AddAuthenticationSchemes(Schemes.Key).RequireAuthenticatedUser().RequireClaim(Viewer.ScopeClaim, scope);

    private static void ForPerson(AuthorizationPolicyBuilder policy, IReadOnlyList<string> roles) =>
        policy.AddAuthenticationSchemes(Schemes.Person).RequireAuthenticatedUser().RequireClaim(Viewer.RoleClaim, roles);
}
