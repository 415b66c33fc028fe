using Cme.Domain.Children;

namespace Cme.Web.Demo.Feed;

/// <summary>
/// Everybody who goes to school in the demo's authority: drawn by chance, the same each time. Brothers and sisters share a home;
/// some go to different schools. Each flag that there is has a child.
/// </summary>
internal sealed class DemoTown
{
    /// <summary>The one child of that name, without flags: her story is told.</summary>
    public const string Amina = "Amina";

    private const int SchoolYear = 2026;

    // One child in so many has a flag, the next flag each time.
    private const int Flagged = 24;

    // One child in so many has come to the school this September, whatever its year; the others when their school begins.
    private const int Moved = 45;

    private static readonly string[] Girls =
    [
        "Beatrix", "Chloe", "Dorota", "Efua", "Freya", "Grace", "Hafsa", "Imogen", "Jaya", "Keziah", "Lowri", "Maisie", "Nadia", "Orla",
        "Poppy", "Quinta", "Ruby", "Sadia", "Tilly", "Una", "Verity", "Wren", "Xanthe", "Yasmin", "Zofia", "Aoife",
    ];

    private static readonly string[] Boys =
    [
        "Adam", "Bilal", "Callum", "Dafydd", "Elijah", "Finley", "Gethin", "Hassan", "Isaac", "Jakub", "Kofi", "Leon", "Mateusz", "Noah", "Oscar",
        "Piotr", "Quentin", "Reuben", "Samir", "Theo", "Umar", "Victor", "Wilfred", "Xavier", "Yusuf", "Zachary",
    ];

    private static readonly string[] Women =
    [
        "Alina", "Bronwen", "Carys", "Dilnoza", "Esra", "Faith", "Gwen", "Helena", "Ingrid", "Joanna", "Kirsty", "Lena", "Meera", "Nuala", "Olga",
        "Priya", "Rhian", "Shanice", "Teresa", "Vera",
    ];

    private static readonly string[] Men =
    [
        "Anton", "Barry", "Conrad", "Desmond", "Emre", "Frank", "Glyn", "Hugh", "Ivan", "Joseph", "Kamran", "Luca", "Matthew", "Nikhil", "Owen",
        "Pavel", "Rhys", "Stefan", "Tomos", "Vincent",
    ];

    private static readonly string[] Surnames =
    [
        "Abbott", "Begum", "Chaudhry", "Dunmore", "Ellison", "Farrow", "Gbadamosi", "Hartwell", "Iqbal", "Jankowski", "Kettle", "Lomax", "Mahmood",
        "Nightingale", "Osei", "Pargeter", "Quayle", "Rahman", "Sandhu", "Thistlewood", "Underhill", "Varga", "Wakeling", "Yeboah", "Zielinski",
        "Appleyard", "Bianchi", "Coombes", "Dlamini", "Eccles", "Fitzroy", "Garrick", "Hossain", "Ibbotson", "Jessop", "Kowalczyk", "Lindqvist",
        "Marlowe", "Ncube", "Oakshott", "Penhale", "Rosewell", "Sikorska", "Tremlett", "Uddin", "Whitlock",
    ];

    private static readonly string[] Streets =
        ["Mill Lane", "Cobbler’s Row", "Station Road", "Weir Street", "Orchard Close", "Tanner’s Yard", "Chapel Hill", "Meadow View", "Kiln Drive", "Ferry Lane"];

    private static readonly string[] OtherLanguages = ["Polish", "Romanian", "Bengali", "Portuguese", "Arabic", "Somali", "Urdu", "Ukrainian"];

    private readonly Random _chance = new(SchoolYear);
    private readonly List<DemoFamily> _withRoom = [];
    private readonly string[] _flags = [.. Flags.All.Select(flag => flag.Id).Order(StringComparer.Ordinal)];
    private int _born;

    /// <summary>The next school's pupils, the youngest first. The same calls in the same order give the same people.</summary>
    /// <param name="establishment">Four digits, for the UPN.</param>
    /// <param name="years">The year groups, 0 for Reception.</param>
    /// <param name="count">How many pupils.</param>
    /// <param name="hasAmina">Whether Amina is one of them.</param>
    public DemoPupil[] Fill(int establishment, int[] years, int count, bool hasAmina = false)
    {
        var pupils = new DemoPupil[count];
        for (var index = 0; index < count; index++)
        {
            var year = years[index * years.Length / count];
            var amina = hasAmina && index == count / 2;
            var girl = _chance.Next(2) == 0 || amina;
            var name = (girl ? Girls : Boys)[_chance.Next(Girls.Length)];
            pupils[index] = new DemoPupil(
                $"{DemoPupil.Prefix}{index + 1:0000}", UpnOf(establishment, SchoolYear - year, index), amina ? Amina : name,
                new DateOnly(SchoolYear - year - 5, 9, 1).AddDays(_chance.Next(365)), girl ? "F" : "M", year == 0 ? "R" : $"{year}",
                EntryOf(year - years[0], index), amina ? [] : NextFlags(), NextFamily());
        }
        return pupils;
    }

    private static DateOnly EntryOf(int yearsHere, int index) => new(index % Moved == 1 ? SchoolYear : SchoolYear - yearsHere, 9, 1);

    private string[] NextFlags() => ++_born % Flagged == 0 ? [_flags[_born / Flagged % _flags.Length]] : [];

    private DemoFamily NextFamily()
    {
        if (_withRoom.Count > 0 && _chance.Next(3) == 0)
        {
            var at = _chance.Next(_withRoom.Count);
            var family = _withRoom[at];
            if (_chance.Next(2) == 0) { _withRoom.RemoveAt(at); }
            return family;
        }
        var surname = Surnames[_chance.Next(Surnames.Length)];
        var founded = new DemoFamily(
            surname, $"{_chance.Next(1, 140)} {Streets[_chance.Next(Streets.Length)]}", $"ZZ{_chance.Next(1, 20)} {_chance.Next(1, 10)}{Letter()}{Letter()}",
            _chance.Next(8) == 0 ? OtherLanguages[_chance.Next(OtherLanguages.Length)] : "English", NextContacts(surname));
        _withRoom.Add(founded);
        return founded;
    }

    private object[] NextContacts(string surname)
    {
        var first = Contact("c1", surname, "mother", responsible: true, 1);
        return _chance.Next(3) switch
        {
            0 => [first],
            1 => [first, Contact("c2", surname, "father", responsible: true, 2)],
            _ => [first, Contact("c2", Surnames[_chance.Next(Surnames.Length)], "grandmother", responsible: false, 2)],
        };
    }

    // 07700 900000 to 900999 are numbers that are given to nobody, kept for invented people.
    private object Contact(string id, string surname, string relationship, bool responsible, int priority)
    {
        var forename = (relationship == "father" ? Men : Women)[_chance.Next(Women.Length)];
        return new
        {
            id, name = $"{forename} {surname}", relationship, parentalResponsibility = responsible,
            phones = new[] { $"07700 900{_chance.Next(1000):000}" }, email = $"{forename}.{surname}@example.org".ToLowerInvariant(), priority,
        };
    }

    private char Letter() => "ABDEFGHJLNPQRSTUWXYZ"[_chance.Next(20)];

    private static string UpnOf(int establishment, int admitted, int index)
    {
        var twelve = $"{DemoAuthority.Code}{establishment:0000}{admitted % 100:00}{index % 1000:000}";
        return $"{Upn.CheckLetterOf(twelve)}{twelve}";
    }
}
