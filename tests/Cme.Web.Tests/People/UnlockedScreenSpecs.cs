using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.People;

/// <summary>Whoever finds a screen unlocked opens no restricted record with it.</summary>
public sealed class UnlockedScreenSpecs(PeopleHost host) : IClassFixture<PeopleHost>
{
    private const string Reason = "Police ask where the child is now.";

    [Fact]
    public async Task A_restricted_record_opens_only_to_whoever_proved_a_moment_ago_who_they_are()
    {
        var (episode, path) = await EpisodeAsync("open-restricted");
        using var officer = await host.SignedInAsync("duty-desk");
        await officer.OpenAsync(path);
        host.Clock.Advance(TimeSpan.FromMinutes(6));

        var asked = await officer.SendAsync(path, ("Reason", Reason));
        asked.Html.ShouldContain("Confirm it is you");
        (await officer.SendAsync(path, ("Reason", Reason), ("confirm-password", "not my password"))).Errors.ShouldNotBeEmpty();
        (await OpenedAsync(episode)).ShouldBe(["0 0"]);

        var opened = await officer.SendAsync(path, ("Reason", asked.Hidden("Reason")), ("confirm-password", host.Account("duty-desk").Password!));
        opened.Location.ShouldBe($"/episodes/{episode}");
        (await OpenedAsync(episode)).ShouldBe(["1 1"]);
    }

    [Fact]
    public async Task Nobody_is_named_for_a_record_by_whoever_merely_sits_down_at_the_screen()
    {
        var (episode, path) = await EpisodeAsync("named-readers");
        using var lead = await host.SignedInAsync("cme-lead");
        await lead.OpenAsync(path);
        host.Clock.Advance(TimeSpan.FromMinutes(6));

        (await lead.SendAsync(path, ("Person", "cme-lead"), ("Of", "episode"), ("Reason", Reason))).Html.ShouldContain("Confirm it is you");

        (await host.Sql($"select count(*) from cme.named_reader where subject = '{episode}'")).ShouldBe(["0"]);
    }

    private async Task<(string Episode, string Path)> EpisodeAsync(string page)
    {
        var school = await host.NewSchoolAsync(2);
        await host.ReachAsync("2026-09-07T09:00:00+01:00");
        await school.Register("""{"schoolPupilId":"P1","code":"N"}""");
        var episode = await school.OnlyEpisode();
        return (episode, $"/episodes/{episode}/{page}");
    }

    /// <summary>How often the record was opened with a reason, and how often the log says that it was.</summary>
    private async Task<List<string>> OpenedAsync(string episode)
    {
        await host.ChainedAsync();
        return await host.Sql(
            $"""
            select (select count(*) from cme.break_glass where episode = '{episode}'),
                   (select count(*) from cme.read_entry where subject = '{episode}' and what = 'break-glass:changed')
            """);
    }
}
