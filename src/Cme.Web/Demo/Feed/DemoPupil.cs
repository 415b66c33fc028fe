namespace Cme.Web.Demo.Feed;

/// <summary>An invented pupil. Every name is drawn by chance from common ones; no person is meant.</summary>
internal sealed record DemoPupil(
    string SchoolPupilId, string Upn, string Forename, DateOnly DateOfBirth, string Sex, string YearGroup, DateOnly EntryDate, string[] Flags, DemoFamily Family)
{
    /// <summary>What all ids of invented pupils begin with: a roll with others came from somebody else and is left alone.</summary>
    public const string Prefix = "sim-";

    /// <summary>The pupil as an item of PUT …/roll.</summary>
    public object ToRollItem() => new
    {
        schoolPupilId = SchoolPupilId, upn = Upn, forename = Forename, surname = Family.Surname, dateOfBirth = DateOfBirth, sex = Sex,
        yearGroup = YearGroup, entryDate = EntryDate,
        address = new { lines = new[] { Family.Street, "Nene Valley" }, postcode = Family.Postcode },
        contacts = Family.Contacts, firstLanguage = Family.Language, flags = Flags,
    };
}

/// <summary>The household of one to three invented pupils: they share its address and the people to call.</summary>
/// <param name="Postcode">In the area ZZ, which the post does not have.</param>
/// <param name="Contacts">As the contract of the roll lists them.</param>
internal sealed record DemoFamily(string Surname, string Street, string Postcode, string Language, object[] Contacts);
