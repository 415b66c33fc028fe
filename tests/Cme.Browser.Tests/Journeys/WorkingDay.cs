using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cme.Browser.Tests.Looking;

namespace Cme.Browser.Tests.Journeys;

/// <summary>
/// A Tuesday at a school at two in the afternoon. Since the morning a child is missing for each journey, nobody has called home, and all
/// of them have climbed to the council's lead.
/// </summary>
public sealed class WorkingDay : IAsyncLifetime
{
    public const string Urn = "900001";
    private const string Day = "2026-09-08";

    /// <summary>Journeys that take a child: nine, each in every window with and without JavaScript, or in two.</summary>
    private static readonly int s_missing = 9 * (Window.Every ? Window.All.Count * 2 : 2);

    private static readonly string[] s_forenames = ["Ada", "Bea", "Cal", "Dot", "Eli", "Fay", "Gus", "Ida", "Jem", "Kit"];
    private static readonly string[] s_surnames = ["Example", "Sample", "Specimen", "Pattern", "Model", "Sketch", "Draft", "Proof", "Outline", "Trial"];

    private readonly ConcurrentQueue<string> _children = new(Enumerable.Range(0, s_missing).Select(Name));

    public Browser Browser { get; } = new();

    /// <summary>The name of a missing child whom no other journey has to do with.</summary>
    public string Child() => _children.TryDequeue(out var child) ? child : throw new InvalidOperationException("More journeys take a child than the day has missing.");

    public async Task InitializeAsync()
    {
        await Browser.InitializeAsync();
        using var school = Browser.Service.ClientOf(Urn);
        await Done(school.PutAsJsonAsync($"/api/v1/schools/{Urn}/calendar/2026-27", JsonNode.Parse("""
            {
              "terms": [ { "start": "2026-09-02", "end": "2026-10-23" }, { "start": "2026-11-02", "end": "2026-12-18" } ],
              "inset": [ "2026-09-02", "2026-09-03" ], "closures": [],
              "sessions": { "am": { "start": "08:50", "registrationCloses": "09:20" }, "pm": { "start": "13:00", "registrationCloses": "13:15" } },
              "dayEnds": "15:30", "yearGroupExceptions": []
            }
            """)));
        // Six at school for each who is missing: a register that leaves more out is doubted, and held.
        var roll = Enumerable.Range(0, s_missing * 7).ToArray();
        await Done(school.PutAsJsonAsync($"/api/v1/schools/{Urn}/roll", new { pupils = roll.Select(Pupil) }));
        await MoveToAsync("08:55");
        await Done(school.PutAsJsonAsync($"/api/v1/schools/{Urn}/registers/{Day}/AM", new
        {
            asOf = $"{Day}T08:55:00+01:00", complete = true, marks = roll.Select(number => new { schoolPupilId = $"p{number}", code = number < s_missing ? "N" : "/" }),
        }));
        await MoveToAsync("14:00");
    }

    public Task DisposeAsync() => Browser.DisposeAsync();

    /// <summary>The school's list says that today is the child's last day, on ground i.</summary>
    public async Task LeaveAsync(string child)
    {
        var gone = JsonSerializer.SerializeToNode(Pupil(Enumerable.Range(0, s_missing).First(number => Name(number) == child)))!.AsObject();
        (gone["leavingDate"], gone["ground"], gone["destination"]) = (Day, "i", "Not known");
        using var school = Browser.Service.ClientOf(Urn);
        await Done(school.PatchAsJsonAsync($"/api/v1/schools/{Urn}/roll", new { pupils = new[] { gone } }));
    }

    private async Task MoveToAsync(string time)
    {
        using var anybody = new HttpClient { BaseAddress = Browser.Service.BaseUrl, Timeout = TimeSpan.FromMinutes(3) };
        await Done(anybody.PostAsJsonAsync("/demo/clock", new { advanceTo = $"{Day}T{time}:00+01:00" }));
    }

    // The first hundred have names of their own, and only they are missing.
    private static string Name(int number) => $"{s_forenames[number % 10]} {(number < 100 ? s_surnames[number / 10] : $"Present{number}")}";

    private static object Pupil(int number) => new
    {
        schoolPupilId = $"p{number}", forename = Name(number).Split(' ')[0], surname = Name(number).Split(' ')[1], dateOfBirth = "2017-03-04",
        sex = number % 2 == 0 ? "F" : "M", yearGroup = $"{(number % 6) + 1}", entryDate = "2026-09-01",
        address = new { lines = new[] { $"{number} Example Street" }, postcode = "ZZ99 9ZZ" }, flags = number % 5 == 0 ? new[] { "young_carer" } : [],
        contacts = new[] { new { id = $"c{number}", name = "Parent Example", relationship = "mother", priority = 1, phones = new[] { "07700 900123" }, email = "parent.with.a.long.address@family.example" } },
    };

    private static async Task Done(Task<HttpResponseMessage> sending)
    {
        using var answer = await sending;
        answer.IsSuccessStatusCode.ShouldBeTrue($"{answer.RequestMessage!.RequestUri!.PathAndQuery}: {await answer.Content.ReadAsStringAsync()}");
    }
}

/// <summary>The journeys share one service and one browser.</summary>
[CollectionDefinition(Name)]
public sealed class OnOneDay : ICollectionFixture<WorkingDay>
{
    public const string Name = "On one day";
}
