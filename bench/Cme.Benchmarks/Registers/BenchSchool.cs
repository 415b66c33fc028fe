using System.Globalization;
using System.Text;
using Cme.Domain.Calendars;
using Cme.Domain.Children;
using Cme.Storage.Registers;
using Cme.Storage.Schools;

namespace Cme.Benchmarks.Registers;

/// <summary>
/// An average school of England that nobody attends: 372 pupils in seven year groups, of whom 26 (7 %) are absent this morning and 5.7 (1.5 %) of these
/// without an explanation.
/// </summary>
/// <param name="Number">0 to 99,999. 160 neighbours share an authority, as many as an average one has.</param>
/// <param name="Key">The API key of its system.</param>
internal sealed record BenchSchool(int Number, string Key)
{
    public const int Pupils = 372;

    private const int Absent = 26;
    private const int SchoolsAnAuthority = 160;
    // Steps of 61 through the roll put the first seven into seven year groups, so that no register looks wrong.
    private const int Apart = 61;

    private static readonly string[] YearGroups = ["R", "1", "2", "3", "4", "5", "6"];
    private static readonly string[] Explained = ["I", "I", "M", "I", "C", "M", "I", "E"];

    public string Authority => string.Create(CultureInfo.InvariantCulture, $"b{Number / SchoolsAnAuthority:000}");

    public string Urn => (700_000 + Number).ToString(CultureInfo.InvariantCulture);

    /// <summary>How many pupils this morning's register leaves unexplained: 6 in seven schools of ten, 5 in the others.</summary>
    public int Unexplained => Number % 10 < 7 ? 6 : 5;

    /// <summary>How many of them the correction explains.</summary>
    public static int ExplainedLater => 2;

    /// <summary>This morning's marks in the order of the roll.</summary>
    /// <param name="corrected">True: as the correction has them, 4 marks (1 %) differ: two of the unexplained came late, two present pupils were at the dentist.</param>
    public string[] Codes(bool corrected = false)
    {
        var codes = new string[Pupils];
        Array.Fill(codes, "/");
        for (var absent = 0; absent < Absent; absent++)
        {
            codes[Place(absent)] = absent < Unexplained ? "N" : Explained[absent % Explained.Length];
        }
        if (corrected)
        {
            codes[Place(0)] = codes[Place(1)] = "L";
            codes[Place(Absent)] = codes[Place(Absent + 1)] = "M";
        }
        return codes;
    }

    public IEnumerable<PupilRecord> Roll() => Enumerable.Range(0, Pupils).Select(place => new PupilRecord
    {
        SchoolPupilId = IdOf(place), Upn = UpnOf(place), Forename = $"Forename{place % 97}", Surname = $"Surname{place}",
        DateOfBirth = new DateOnly(2015, 9, 1).AddDays(place * 7), Sex = place % 2 == 0 ? "F" : "M", YearGroup = YearGroups[place * YearGroups.Length / Pupils],
        EntryDate = new DateOnly(2026, 9, 1), FirstLanguage = "ENG",
        Particulars = """
            {"address":{"lines":["1 Invented Street","Nowhere"],"postcode":"ZZ1 1ZZ"},"contacts":[{"id":"c1","name":"Parent One","relationship":"mother",
            "parentalResponsibility":true,"phones":["01632 960001"],"email":"one@example.org","priority":1},{"id":"c2","name":"Parent Two",
            "relationship":"father","parentalResponsibility":true,"phones":["01632 960002"],"email":"two@example.org","priority":2}]}
            """,
    });

    /// <summary>An earlier session's sheet, in which every absence is explained.</summary>
    public SheetRecord SheetOf(SessionOf session)
    {
        var (present, hour) = session.Session == Session.Am ? ("/", 9) : ("\\", 13);
        var taken = London.At(session.Date, new TimeOnly(hour, 5));
        return new()
        {
            Date = session.Date, Session = SessionNames.Of(session.Session), Revision = 1, AsOf = taken, ReceivedAt = taken, Complete = true,
            Marks =
            [
                .. Codes().Select((code, place) => new MarkRecord
                {
                    SchoolPupilId = IdOf(place), Code = code switch { "/" => present, "N" => "I", _ => code }, AsOf = taken, KnownAt = taken,
                }),
            ],
        };
    }

    /// <summary>A whole HTTP request that sends a register by UPN.</summary>
    public byte[] Request(DateOnly date, string session, DateTimeOffset asOf, IReadOnlyList<string> codes)
    {
        var body = new StringBuilder();
        body.Append(CultureInfo.InvariantCulture, $"{{\"asOf\":\"{asOf:yyyy-MM-ddTHH:mm:sszzz}\",\"complete\":true,\"marks\":[");
        for (var place = 0; place < codes.Count; place++)
        {
            body.Append(CultureInfo.InvariantCulture, $"{(place == 0 ? "" : ",")}{{\"upn\":\"{UpnOf(place)}\",\"code\":\"{codes[place].Replace("\\", "\\\\", StringComparison.Ordinal)}\"}}");
        }
        body.Append("]}");
        return Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"PUT /api/v1/schools/{Urn}/registers/{date:yyyy-MM-dd}/{session} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {Key}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
    }

    private static int Place(int step) => step * Apart % Pupils;

    private static string IdOf(int place) => string.Create(CultureInfo.InvariantCulture, $"p{place:0000}");

    private string UpnOf(int place)
    {
        var digits = string.Create(CultureInfo.InvariantCulture, $"{Number:00000}26{place:00000}");
        return Upn.CheckLetterOf(digits) + digits;
    }
}
