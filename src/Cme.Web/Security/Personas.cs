using Cme.Web.Demo;

namespace Cme.Web.Security;

/// <summary>Someone whom a visitor of the demo can be: one role in one organisation.</summary>
/// <param name="Id">Stable, such as <c>dsl-900001</c>; what the sign-in form sends.</param>
/// <param name="Name">An invented person.</param>
/// <param name="Role">One of <see cref="Roles"/>.</param>
/// <param name="School">The URN of the person's school, or null for an officer of the authority.</param>
/// <param name="Organisation">The organisation's name.</param>
public sealed record Persona(string Id, string Name, string Role, string? School, string Organisation)
{
    /// <summary>An address that nobody has: the name <c>example</c> is never given out.</summary>
    public string Email => $"{Id}@demo.example";
}

/// <summary>The people of the demo, in the order in which a sign-in page lists them.</summary>
public static class Personas
{
    private static readonly string[][] SchoolStaff =
    [
        ["Maureen Okafor", "Daniel Whitlock", "Ros Penhale", "Imran Shah", "Lorna Teasdale"],
        ["Bethan Pryce", "Gareth Lindqvist", "Oona Kelleher", "Philippa Dunmore", "Kwame Asante"],
        ["Tomasz Wilk", "Adaeze Nwosu", "Joel Harbottle", "Catriona Weir", "Nerys Bowen"],
        ["Hilary Stannard", "Femi Adebayo", "Gwenda Pryor", "Malcolm Tait", "Rosalind Keep"],
        ["Parveen Akhtar", "Douglas Merriman", "Sian Bevan", "Aleksander Nowak", "Judith Cawley"],
        ["Winifred Asher", "Colm Brannigan", "Tamsin Roskelly", "Obi Ezekwe", "Harriet Lund"],
        ["Desmond Pike", "Marta Havel", "Eleanor Strang", "Vikram Nair", "Polly Garside"],
        ["Annette Frobisher", "Kieran Doyle", "Blessing Mutasa", "Ivor Hale", "Sunita Rao"],
        ["Leila Haddad", "Trevor Mabey", "Cerys Vaughan", "Nathan Olufemi", "Beryl Stoker"],
        ["Rowena Tripp", "Zbigniew Mazur", "Fay Dunstable", "Hugo Penrose", "Dilys Craddock"],
        ["Mairead Coyle", "Jasper Whitcombe", "Olive Sarpong", "Clement Ashby", "Petra Novotna"],
        ["Sorcha Lennon", "Benedict Amadi", "Verity Holdsworth", "Rahul Menon", "Agnes Tolliver"],
    ];

    /// <summary>Everyone, the authority's officers first.</summary>
    public static IReadOnlyList<Persona> All { get; } =
    [
        Officer("duty-desk", "Sandra Leverett", Roles.DutyDesk),
        Officer("tracking-officer", "Yusuf Adeyemi", Roles.TrackingOfficer),
        Officer("cme-lead", "Helen Marchbanks", Roles.CmeLead),
        Officer("auditor", "Neville Stroud", Roles.Auditor),
        Officer("authority-admin", "Marguerite Finch", Roles.AuthorityAdmin),
        .. DemoAuthority.Schools.SelectMany((school, index) => Roles.OfSchool.Append(Roles.SchoolAdmin).Select((role, at) =>
            new Persona($"{role}-{school.Urn}", SchoolStaff[index][at], role, school.Urn, school.Name))),
    ];

    private static Persona Officer(string id, string name, string role) => new(id, name, role, null, DemoAuthority.Name);
}
