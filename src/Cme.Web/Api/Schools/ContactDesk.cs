using System.Collections.Immutable;
using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Domain.Schools;
using Cme.Storage.Contacts;
using Cme.Web.Security;

namespace Cme.Web.Api.Schools;

/// <summary>Whom a school names for one role, and how that stands.</summary>
/// <param name="Held">Null where nobody is named.</param>
public sealed record ContactNow(string Role, ContactRecord? Held, ContactStanding Standing)
{
    /// <summary>When the school is asked again; null where nobody is named.</summary>
    public DateOnly? DueOn => Held is { ConfirmedOn: var day } ? SchoolContacts.DueOn(day) : null;

    /// <summary>Whether somebody must see to it.</summary>
    public bool IsOpen => Standing is ContactStanding.Missing or ContactStanding.ToConfirm;
}

/// <summary>A school with its contacts, in the order of the roles.</summary>
/// <param name="Version">Grows with every change; 0 until somebody was named.</param>
public sealed record SchoolContactsNow(string Urn, string Name, ImmutableArray<ContactNow> Contacts, long Version)
{
    public bool IsOpen => Contacts.Any(contact => contact.IsOpen);
}

/// <summary>What somebody says of one role.</summary>
internal sealed record ContactNamed(string Role, string Name, string? Phone, string? Email);

/// <summary>The contacts of schools: named, confirmed, and asked for again once nobody has confirmed them for long.</summary>
public sealed class ContactDesk(IContacts contacts, [FromKeyedServices(Clock.Business)] TimeProvider clock)
{
    private DateOnly Today => London.DateOf(clock.GetUtcNow());

    /// <summary>The schools of an authority, those first of which somebody must be asked.</summary>
    internal async Task<ImmutableArray<SchoolContactsNow>> ListAsync(string authority, CancellationToken cancel) =>
        [.. (await contacts.ReadAsync(authority, null, cancel)).Select(Now).OrderByDescending(school => school.IsOpen)];

    /// <summary>One school; null if there is none of that URN.</summary>
    internal async Task<SchoolContactsNow?> OfAsync(string authority, string urn, CancellationToken cancel) =>
        await contacts.ReadAsync(authority, urn, cancel) is [var school] ? Now(school) : null;

    /// <summary>Takes what is named as so from today: a role that is left out is nobody's any more.</summary>
    /// <returns>False if somebody changed one of them meanwhile.</returns>
    internal async Task<bool> NameAsync(Viewer viewer, SchoolContactsNow school, IReadOnlyCollection<ContactNamed> named, CancellationToken cancel)
    {
        var versions = (await contacts.ReadAsync(viewer.Authority, school.Urn, cancel))[0].Contacts.ToDictionary(held => held.Role, held => held.Version);
        if (versions.Values.Sum() != school.Version) { return false; }
        ContactRecord[] entries =
        [
            .. named.Select(one => new ContactRecord(one.Role, versions.GetValueOrDefault(one.Role) + 1, one.Name, one.Phone, one.Email, Today)),
            .. school.Contacts.Where(held => held.Held is not null && named.All(one => one.Role != held.Role))
                .Select(held => new ContactRecord(held.Role, versions[held.Role] + 1, null, null, null, Today)),
        ];
        return entries.Length == 0 || await contacts.AddAsync(viewer.Authority, school.Urn, entries, clock.GetUtcNow(), viewer.Id, cancel) == entries.Length;
    }

    private SchoolContactsNow Now(ContactsOfSchool school)
    {
        var held = school.Contacts.Where(contact => contact.Name is not null).ToDictionary(contact => contact.Role);
        return new(
            school.Urn, school.Name,
            [
                .. from role in SchoolContacts.Roles
                   let contact = held.GetValueOrDefault(role)
                   select new ContactNow(role, contact, SchoolContacts.Of(role, contact?.ConfirmedOn, Today)),
            ],
            school.Contacts.Sum(contact => (long)contact.Version));
    }
}
