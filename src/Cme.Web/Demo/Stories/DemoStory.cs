using Cme.Domain.Children;
using Cme.Web.Demo.Feed;
using Cme.Web.Security;

namespace Cme.Web.Demo.Stories;

/// <summary>A situation of the demo that a visitor can open, as the person who has to deal with it.</summary>
/// <param name="Id">Stable; what the form sends.</param>
/// <param name="Title">What the button says.</param>
/// <param name="Summary">What there is to see, in a sentence or two.</param>
/// <param name="Persona">Whom the visitor becomes.</param>
/// <param name="Tell">Brings the demo there and says which page to open.</param>
internal sealed record DemoStory(string Id, string Title, string Summary, string Persona, Func<StoryTeller, Task<string>> Tell)
{
    private const string Willowbrook = "900001", Irchester = "900002", HarrowLane = "900004", Larkhill = "900006", Cranford = "900007";

    /// <summary>The newcomer's two minutes, in order. Between the second and the third the visitor records a call.</summary>
    public static IReadOnlyList<DemoStory> FirstMinutes { get; } =
    [
        new("registers-come-in", "A register comes in",
            "You are the attendance officer of Willowbrook Academy. Registration has closed; each child who is missing without a reason is a row with its first call.",
            Officer(Willowbrook), async story =>
            {
                await story.MorningAsync(Willowbrook);
                await story.AtAsync(9, 20);
                return $"/schools/{Willowbrook}/board";
            }),
        new("two-hours-pass", "Two hours pass",
            "Nobody else has called. The two hours of the rule run out: the risk assessments are overdue and the safeguarding lead is named.",
            Officer(Willowbrook), async story =>
            {
                await story.AtAsync(11, 55);
                return $"/schools/{Willowbrook}/board";
            }),
        new("the-desk-sees-it", "The duty desk sees it",
            "You are the duty officer of the council. What the schools have let go overdue has climbed to you.",
            "duty-desk", async story =>
            {
                await story.AtAsync(12, 55);
                return "/desk";
            }),
    ];

    /// <summary>Stories to open at any time. Each goes on from where the clock is.</summary>
    public static IReadOnlyList<DemoStory> All { get; } =
    [
        new("second-day", "Follow Amina’s second day",
            "Amina did not come yesterday; two calls were not answered. This morning’s register has no mark for her again. You are her school’s attendance officer.",
            Officer(Irchester), SecondDayAsync),
        new("flagged-child", "A flagged child is missing",
            "The call is due sooner, the council’s desk has the child from the first minute, and no code in a register closes it. You are the school’s designated safeguarding lead.",
            $"dsl-{Irchester}", FlaggedChildAsync),
        new("nobody-calls", "Nobody calls, and the clock runs out",
            "Not calling is never quieter than calling: see where it has climbed by the early afternoon. You are the duty officer.",
            "duty-desk", NobodyCallsAsync),
        new("looks-wrong", "A register that looks wrong",
            "A whole year group has no mark. Nobody is called for fifteen minutes, while the school looks at its register.",
            Officer(Larkhill), LooksWrongAsync),
        new("ten-days", "The tenth school day",
            "Calls, a letter, a visit: nobody has found the child. The school reports to the council. You are the tracking officer. Opening it takes half a minute: two weeks go by.",
            "tracking-officer", TenDaysAsync),
    ];

    private static string Officer(string urn) => $"{Roles.AttendanceOfficer}-{urn}";

    private static DemoSchoolData School(string urn) => DemoSchoolData.All.Single(school => school.Urn == urn);

    private static IEnumerable<DemoPupil> Unflagged(string urn) => School(urn).Pupils.Where(pupil => pupil.Flags.Length == 0);

    private static async Task<string> SecondDayAsync(StoryTeller story)
    {
        var pupil = await story.UntoldAsync(Irchester, Unflagged(Irchester).OrderByDescending(one => one.Forename == DemoTown.Amina));
        story.Mark(Irchester, pupil, "N");
        await story.MorningAsync(Irchester);
        await story.AtAsync(9, 20);
        var reference = await story.EpisodeOfAsync(Irchester, pupil);
        await story.AtAsync(9, 40);
        await story.ActAsync(Irchester, reference, "call", "no-answer");
        await story.AtAsync(10, 30);
        await story.ActAsync(Irchester, reference, "call", "voicemail");
        await story.AtAsync(13, 30);
        await story.MorningAsync(Irchester);
        await story.AtAsync(9, 20);
        return $"/episodes/{reference}";
    }

    private static async Task<string> FlaggedChildAsync(StoryTeller story)
    {
        var pupil = await story.UntoldAsync(Irchester, School(Irchester).Pupils.Where(one => Flags.IsFlagged([.. one.Flags])));
        story.Mark(Irchester, pupil, "N");
        await story.MorningAsync(Irchester);
        await story.AtAsync(9, 20);
        return $"/episodes/{await story.EpisodeOfAsync(Irchester, pupil)}";
    }

    private static async Task<string> NobodyCallsAsync(StoryTeller story)
    {
        story.Mark(Cranford, await story.UntoldAsync(Cranford, Unflagged(Cranford)), "N");
        await story.MorningAsync(Cranford);
        await story.AtAsync(9, 20);
        await story.AtAsync(12, 55);
        return "/desk";
    }

    private static async Task<string> LooksWrongAsync(StoryTeller story)
    {
        story.MarkYear(Larkhill, "4", "N");
        await story.MorningAsync(Larkhill);
        await story.AtAsync(9, 26);
        return $"/schools/{Larkhill}/board";
    }

    private static async Task<string> TenDaysAsync(StoryTeller story)
    {
        var pupil = await story.UntoldAsync(HarrowLane, Unflagged(HarrowLane));
        story.Mark(HarrowLane, pupil, "N");
        var reference = "";
        for (var day = 1; day <= 10; day++)
        {
            await story.MorningAsync(HarrowLane);
            await story.AtAsync(9, 10);
            if (day == 1) { reference = await story.EpisodeOfAsync(HarrowLane, pupil); }
            await ActOnAsync(day);
            await story.AtAsync(13, 40);
        }
        return $"/episodes/{reference}";

        async Task ActOnAsync(int day)
        {
            switch (day)
            {
                case 1 or 2: await story.ActAsync(HarrowLane, reference, "call", "no-answer"); break;
                case 3: await story.ActAsync(HarrowLane, reference, "letter", "sent", "post"); break;
                case 5:
                    await story.ActAsync(HarrowLane, reference, "risk-assessment", "concern");
                    await story.ActAsync(HarrowLane, reference, "visit", "no-access");
                    break;
            }
        }
    }
}
