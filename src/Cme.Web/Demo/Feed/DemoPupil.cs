
namespace Cme.Web.Demo.Feed;

/// <summary>An invented pupil. Every name is drawn by chance from common ones; no person is meant.</summary>
internal sealed record DemoPupil(
    string SchoolPupilId, string Upn, string Forename, string Surname, DateOnly DateOfBirth, string Sex, string YearGroup, string[] Flags)
{
    /// <summary>What all ids of invented pupils begin with: a roll with others came from somebody else and is left alone.</summary>
    public const string Prefix = "sim-";

    private const int SchoolYear = 2026;

    private static readonly string[] s_girls =
    [
        "Amina", "Beatrix", "Chloe", "Dorota", "Efua", "Freya", "Grace", "Hafsa", "Imogen", "Jaya", "Keziah", "Lowri", "Maisie", "Nadia", "Orla",
        "Poppy", "Quinta", "Ruby", "Sadia", "Tilly", "Una", "Verity", "Wren", "Xanthe", "Yasmin", "Zofia",
    ];

    private static readonly string[] s_boys =
    [
        "Adam", "Bilal", "Callum", "Dafydd", "Elijah", "Finley", "Gethin", "Hassan", "Isaac", "Jakub", "Kofi", "Leon", "Mateusz", "Noah", "Oscar",
        "Piotr", "Quentin", "Reuben", "Samir", "Theo", "Umar", "Victor", "Wilfred", "Xavier", "Yusuf", "Zachary",
    ];

    private static readonly string[] s_surnames =
    [
        "Abbott", "Begum", "Chaudhry", "Dunmore", "Ellison", "Farrow", "Gbadamosi", "Hartwell", "Iqbal", "Jankowski", "Kettle", "Lomax", "Mahmood",
        "Nightingale", "Osei", "Pargeter", "Quayle", "Rahman", "Sandhu", "Thistlewood", "Underhill", "Varga", "Wakeling", "Yeboah", "Zielinski",
    ];

    private static readonly string[] s_flags = ["cp_plan", "looked_after", "young_carer", "send", "medication", "domestic_abuse"];

    /// <summary>The pupils of a school, the same each time.</summary>
    /// <param name="establishment">Four digits, for the UPN.</param>
    /// <param name="years">The year groups, 0 for Reception.</param>
    /// <param name="count">How many pupils.</param>
    public static IEnumerable<DemoPupil> Of(int establishment, int[] years, int count)
    {
        var chance = new Random(establishment);
        for (var index = 0; index < count; index++)
        {
            var year = years[index * years.Length / count];
            var girl = chance.Next(2) == 0;
            var birthday = new DateOnly(SchoolYear - year - 5, 9, 1).AddDays(chance.Next(365));
            yield return new DemoPupil(
                $"{Prefix}{index + 1:0000}", UpnOf(establishment, SchoolYear - year, index),
                (girl ? s_girls : s_boys)[chance.Next(s_girls.Length)], s_surnames[chance.Next(s_surnames.Length)], birthday, girl ? "F" : "M",
                year == 0 ? "R" : $"{year}", chance.Next(40) == 0 ? [s_flags[chance.Next(s_flags.Length)]] : []);
        }
    }

    private static string UpnOf(int establishment, int admitted, int index)
    {
        var twelve = $"{DemoAuthority.Code}{establishment:0000}{admitted % 100:00}{index % 1000:000}";
        return $"{Cme.Domain.Children.Upn.CheckLetterOf(twelve)}{twelve}";
    }
}
