using System.Collections.Immutable;
using System.ComponentModel;
using Cme.Domain.Schools;
using Cme.Web.Security;

namespace Cme.Web.Api.Schools;

/// <summary>Whom a school names for others to turn to.</summary>
internal static class ContactEndpoints
{
    public static void MapSchoolContacts(this IEndpointRouteBuilder api)
    {
        var contacts = api.MapGroup("/schools/{urn}/contacts").WithTags("Schools").RequireAuthorization(Scopes.SchoolWrite);

        contacts.MapPut("", Put)
            .WithName("PutSchoolContacts").WithSummary("Name a school's contacts, or confirm that they are still so")
            .WithDescription("The attendance officer and the DSL are named, and the deputy where there is one (MID-17). What is sent counts as confirmed today; a role that "
                + "is left out is nobody's any more. Sending the same again confirms it.")
            .Takes<ContactsDocument>().Answers<HeldContacts>(200).Refuses("unknown-school", "precondition-failed");
        contacts.MapGet("", Get)
            .WithName("GetSchoolContacts").WithSummary("Read whom a school names, and when that was last confirmed")
            .WithDescription("`state` is confirmed, to-confirm once nobody has confirmed the name for six months or since the summer, missing, or not-needed.")
            .Answers<HeldContacts>(200).Refuses("unknown-school");
    }

    internal static async Task<IResult> Get(HttpContext context, string urn, ContactDesk desk)
    {
        var viewer = Viewer.Of(context.User);
        return Scope.MayReadSchool(viewer, urn) && await desk.OfAsync(viewer.Authority, urn, context.RequestAborted) is { } school
            ? Answer.Changing(Held(school), EdgeJson.Default.HeldContacts, school.Version)
            : Problems.UnknownSchool(urn);
    }

    internal static async Task<IResult> Put(HttpContext context, string urn, ContactDesk desk)
    {
        var viewer = Viewer.Of(context.User);
        if (!Scope.MayWriteSchool(viewer, urn) || await desk.OfAsync(viewer.Authority, urn, context.RequestAborted) is not { } school) { return Problems.UnknownSchool(urn); }
        var (named, problem) = await Body.ReadAsync(context.Request, Read);
        if (problem is not null) { return problem; }
        if (Preconditions.Of(context.Request).Refusal(school.Version == 0 ? null : school.Version) is { } stale) { return Problems.For(stale); }
        if (!await desk.NameAsync(viewer, school, named, context.RequestAborted))
        {
            return Problems.Of("precondition-failed", "Somebody has changed the contacts meanwhile. Read what is held, and send yours again if it is still right.");
        }
        return await Get(context, urn, desk);
    }

    private static ImmutableArray<ContactNamed> Read(Fields body)
    {
        var named = ImmutableArray.CreateBuilder<ContactNamed>();
        foreach (var item in body.Objects("contacts", required: true))
        {
            var contact = new ContactNamed(item.Text("role"), item.Text("name"), item.OptionalText("phone"), item.OptionalText("email"));
            if (contact.Role.Length > 0 && !SchoolContacts.Roles.Contains(contact.Role)) { item.Wrong("role", "unknown-value", $"must be one of: {string.Join(", ", SchoolContacts.Roles)}"); }
            if (contact.Role.Length > 0 && named.Any(other => other.Role == contact.Role)) { item.Wrong("role", "duplicate-role", "is listed twice"); }
            named.Add(contact);
        }
        return named.DrainToImmutable();
    }

    private static HeldContacts Held(SchoolContactsNow school) => new()
    {
        School = school.Urn, Version = school.Version,
        Contacts =
        [
            .. school.Contacts.Select(contact => new HeldContact
            {
                Role = contact.Role, State = State(contact.Standing), Name = contact.Held?.Name, Phone = contact.Held?.Phone, Email = contact.Held?.Email,
                ConfirmedOn = contact.Held?.ConfirmedOn, ConfirmAgainFrom = contact.DueOn,
            }),
        ],
    };

    private static string State(ContactStanding standing) => standing switch
    {
        ContactStanding.Confirmed => "confirmed",
        ContactStanding.ToConfirm => "to-confirm",
        ContactStanding.Missing => "missing",
        _ => "not-needed",
    };
}

/// <summary>Whom a school names.</summary>
public sealed record ContactsDocument(ImmutableArray<NamedContact> Contacts);

/// <summary>Whom a school names for a role.</summary>
public sealed record NamedContact
{
    [Description("attendance-officer, dsl or deputy-dsl.")]
    public required string Role { get; init; }
    public required string Name { get; init; }
    public string? Phone { get; init; }
    public string? Email { get; init; }
}

/// <summary>A school's contacts as they are held.</summary>
public sealed record HeldContacts
{
    public required string School { get; init; }
    [Description("Grows with every change and every confirmation; 0 until somebody was named.")]
    public required long Version { get; init; }
    [Description("One for each role, whether or not somebody is named.")]
    public required ImmutableArray<HeldContact> Contacts { get; init; }
}

/// <summary>Whom a school names for a role, and how that stands.</summary>
public sealed record HeldContact
{
    public required string Role { get; init; }
    [Description("confirmed, to-confirm, missing or not-needed.")]
    public required string State { get; init; }
    public string? Name { get; init; }
    public string? Phone { get; init; }
    public string? Email { get; init; }
    [Description("When somebody last said that it is so.")]
    public DateOnly? ConfirmedOn { get; init; }
    [Description("From when the school is asked again.")]
    public DateOnly? ConfirmAgainFrom { get; init; }
}
