using System.Text.RegularExpressions;
using Cme.Storage.People;
using Cme.Web.Security.People;
using Cme.Web.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Cme.Web.Tests.People;

/// <summary>Getting in: two factors for everybody, and nothing told to those who try.</summary>
public sealed class SignInSpecs(PeopleHost host) : IClassFixture<PeopleHost>
{
    [Theory]
    [InlineData("duty-desk")]
    [InlineData("duty-desk@demo.example")]
    [InlineData("  Duty-Desk@Demo.Example ")]
    public async Task Address_password_and_code_let_in_and_lead_to_the_page_asked_for(string address)
    {
        host.NewCode();
        var account = host.Account("duty-desk");
        var (visitor, next) = await host.HalfWayAsync(address, account.Password!, "/account");
        next.Location.ShouldBe("/sign-in/code?ReturnUrl=%2Faccount");
        await visitor.OpenAsync(next.Location!);

        var answer = await visitor.SendAsync("/sign-in/code", ("code", Spaced(host.CodeOf(account.TotpSecret!))), ("returnUrl", "/account"));

        answer.Location.ShouldBe("/account");
        (await visitor.OpenAsync("/desk")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("/desk")]
    [InlineData("/account")]
    [InlineData("/account/password")]
    [InlineData("/account/second-factor")]
    [InlineData("/account/authenticator")]
    public async Task A_password_alone_opens_nothing_to_somebody_with_a_second_factor(string path)
    {
        var account = host.Account("duty-desk");
        var (visitor, _) = await host.HalfWayAsync(account.Email!, account.Password!);

        (await visitor.OpenAsync(path)).IsSignIn.ShouldBeTrue();
    }

    [Fact]
    public async Task A_code_of_the_authenticator_counts_once()
    {
        host.NewCode();
        var account = host.Account("auditor");
        var code = host.CodeOf(account.TotpSecret!);
        var (first, _) = await host.HalfWayAsync(account.Email!, account.Password!);
        var (second, _) = await host.HalfWayAsync(account.Email!, account.Password!);
        await first.OpenAsync("/sign-in/code");
        await second.OpenAsync("/sign-in/code");

        (await first.SendAsync("/sign-in/code", ("code", code))).Location.ShouldBe("/");
        (await second.SendAsync("/sign-in/code", ("code", code))).Errors.ShouldHaveSingleItem().ShouldStartWith("Enter the 6 digits");
        (await second.OpenAsync("/desk")).IsSignIn.ShouldBeTrue();
    }

    [Fact]
    public async Task A_recovery_code_lets_in_once()
    {
        using var visitor = await host.SignedInAsync("tracking-officer");
        await visitor.OpenAsync("/account");
        var codes = CodesOn(await visitor.SendAsync("/account?handler=Codes"));
        codes.Count.ShouldBe(10);
        var account = host.Account("tracking-officer");

        (await TryAsync(codes[3])).Location.ShouldBe("/");
        (await TryAsync(codes[3])).Errors.ShouldNotBeEmpty();
        (await TryAsync(codes[4].ToLowerInvariant())).Location.ShouldBe("/");

        async Task<Page> TryAsync(string code)
        {
            var (other, _) = await host.HalfWayAsync(account.Email!, account.Password!);
            await other.OpenAsync("/sign-in/recovery-code");
            return await other.SendAsync("/sign-in/recovery-code", ("code", code));
        }
    }

    [Fact]
    public async Task Whether_anybody_has_an_address_does_not_show()
    {
        var somebody = await host.NewPersonAsync();
        var answers = new List<Page>();
        foreach (var address in new[] { somebody.Email, "nobody-at-all@school.example" })
        {
            for (var attempt = 0; attempt < 6; attempt++) { answers.Add((await host.HalfWayAsync(address, "not the password at all")).Next); }
        }

        foreach (var (known, unknown) in answers.Take(6).Zip(answers.Skip(6)))
        {
            unknown.Status.ShouldBe(known.Status);
            unknown.Errors.ShouldBe(known.Errors);
        }
        answers[0].Errors.ShouldHaveSingleItem().ShouldContain("One of them is not right");
        answers[5].Errors.ShouldHaveSingleItem().ShouldContain("Wait 15 minutes");
    }

    [Fact]
    public async Task After_five_failures_even_the_right_password_waits_a_quarter_of_an_hour()
    {
        var somebody = await host.NewPersonAsync();
        for (var attempt = 0; attempt < 5; attempt++) { await host.HalfWayAsync(somebody.Email, "not the password at all"); }

        (await host.HalfWayAsync(somebody.Email, PeopleHost.Password)).Next.Errors.ShouldHaveSingleItem().ShouldContain("Wait 15 minutes");
        host.Clock.Advance(TimeSpan.FromMinutes(15.1));
        (await host.HalfWayAsync(somebody.Email, PeopleHost.Password)).Next.Location.ShouldBe("/account/second-factor");
    }

    [Fact]
    public async Task A_right_password_in_between_does_not_give_more_guesses_at_the_code()
    {
        var account = host.Account("dsl-900003");
        for (var attempt = 0; attempt < 5; attempt++)
        {
            var (visitor, _) = await host.HalfWayAsync(account.Email!, account.Password!);
            await visitor.OpenAsync("/sign-in/code");
            await visitor.SendAsync("/sign-in/code", ("code", "000000"));
        }

        (await host.HalfWayAsync(account.Email!, account.Password!)).Next.Errors.ShouldHaveSingleItem().ShouldContain("Wait 15 minutes");
    }

    [Fact]
    public async Task Whoever_has_no_second_factor_can_do_nothing_but_set_one_up()
    {
        var somebody = await host.NewPersonAsync();
        var (visitor, next) = await host.HalfWayAsync(somebody.Email, PeopleHost.Password);
        next.Location.ShouldBe("/account/second-factor");
        foreach (var path in new[] { "/schools/900001/board", "/account", "/account/password", "/search" })
        {
            var page = await visitor.OpenAsync(path);
            (page.IsSignIn || page.Location == "/account/second-factor").ShouldBeTrue($"{path}: {page.Status} {page.Location}");
        }

        var setUp = await visitor.OpenAsync("/account/authenticator");
        setUp.Html.ShouldContain("<svg class=\"cme-qr\"");
        var secret = Regex.Match(setUp.Html, "data-secret=\"([A-Z2-7]{32})\"").Groups[1].Value;
        var wrong = await visitor.SendAsync("/account/authenticator", ("sealed", setUp.Hidden("sealed")), ("code", "000000"));
        wrong.Errors.ShouldNotBeEmpty();
        wrong.Html.ShouldContain(secret);
        var done = await visitor.SendAsync("/account/authenticator", ("sealed", wrong.Hidden("sealed")), ("code", host.CodeOf(secret)));

        CodesOn(done).Count.ShouldBe(10);
        (await visitor.OpenAsync("/schools/900001/board")).Status.ShouldBe(200);
        (await host.HalfWayAsync(somebody.Email, PeopleHost.Password)).Next.Location.ShouldBe("/sign-in/code");
    }

    [Fact]
    public async Task Secrets_are_sealed_where_they_are_stored()
    {
        using var visitor = await host.SignedInAsync("cme-lead");
        await visitor.OpenAsync("/account");
        var codes = CodesOn(await visitor.SendAsync("/account?handler=Codes"));

        var stored = string.Join('\n', await host.Sql("select p::text, encode(p.authenticator, 'escape'), encode(p.recovery_codes, 'escape') from cme.person p"));

        stored.ShouldNotContain(host.Account("cme-lead").TotpSecret!);
        stored.ShouldNotContain(codes[0]);
        stored.ShouldNotContain(host.Account("cme-lead").Password!);
    }

    [Fact]
    public async Task A_session_ends_when_the_stamp_changes()
    {
        using var visitor = await host.SignedInAsync("head-900002");
        (await visitor.OpenAsync("/schools/900002/board")).Status.ShouldBe(200);

        await using var scope = host.Services.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<PersonManager>();
        (await people.UpdateSecurityStampAsync((await people.FindByIdAsync("head-900002"))!)).Succeeded.ShouldBeTrue();

        (await visitor.OpenAsync("/schools/900002/board")).IsSignIn.ShouldBeTrue();
    }

    [Fact]
    public async Task Another_node_hears_of_an_ended_session_within_seconds()
    {
        using var visitor = await host.SignedInAsync("head-900001");
        await host.Sql("update cme.person set security_stamp = 'changed by another node' where id = 'head-900001' returning 1");

        host.Clock.Advance(TimeSpan.FromSeconds(4));

        (await visitor.OpenAsync("/schools/900001/board")).IsSignIn.ShouldBeTrue();
    }

    [Fact]
    public async Task A_session_ends_after_an_hour_of_nothing_and_after_ten_hours_of_work()
    {
        using var idle = await host.SignedInAsync("deputy-dsl-900001");
        host.Clock.Advance(TimeSpan.FromMinutes(61));
        (await idle.OpenAsync("/schools/900001/board")).IsSignIn.ShouldBeTrue();

        using var busy = await host.SignedInAsync("deputy-dsl-900002");
        for (var minutes = 0; minutes < 590; minutes += 50)
        {
            (await busy.OpenAsync("/schools/900002/board")).Status.ShouldBe(200);
            host.Clock.Advance(TimeSpan.FromMinutes(50));
        }
        (await busy.OpenAsync("/schools/900002/board")).IsSignIn.ShouldBeTrue();
    }

    [Theory]
    [InlineData("short words", "12 characters or more")]
    [InlineData("Password2026!", "harder to guess")]
    [InlineData("123456789012", "harder to guess")]
    [InlineData("wilhelminatestperson", "without your name")]
    public async Task A_new_password_keeps_the_rules_and_no_others(string password, string fault)
    {
        var somebody = await host.NewPersonAsync();
        await using var scope = host.Services.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<PersonManager>();

        var refused = await people.SetPasswordAsync(somebody, password);

        refused.Errors.ShouldHaveSingleItem().Description.ShouldContain(fault);
        (await people.SetPasswordAsync(somebody, "all lower case words")).Succeeded.ShouldBeTrue();
    }

    [Theory]
    [InlineData("/wall/desk")]
    [InlineData("/boards/rows?board=desk")]
    public async Task A_screen_that_asks_every_half_hour_goes_on_for_ten_hours_and_no_longer(string path)
    {
        using var screen = await host.SignedInAsync("tracking-officer");
        for (var half = 0; half < 19; half++)
        {
            host.Clock.Advance(TimeSpan.FromMinutes(30));
            (await screen.OpenAsync(path)).Status.ShouldBe(200);
        }

        host.Clock.Advance(TimeSpan.FromMinutes(31));

        (await screen.OpenAsync(path)).IsSignIn.ShouldBeTrue();
    }

    [Fact]
    public async Task Every_sign_in_and_failure_is_told_to_the_audit_without_names()
    {
        var somebody = await host.NewPersonAsync();
        await host.HalfWayAsync(somebody.Email, "not the password at all");
        using var visitor = await host.SignedInAsync("attendance-officer-900003");

        var events = await host.Services.GetRequiredService<IPersonEvents>().OfPersonAsync(EdgeHost.Authority, somebody.Id, 10);
        events.ShouldHaveSingleItem().What.ShouldBe("sign-in-failed");
        (await host.Services.GetRequiredService<IPersonEvents>().OfPersonAsync(EdgeHost.Authority, "attendance-officer-900003", 10))[0].ShouldSatisfyAllConditions(
            told => told.What.ShouldBe("signed-in"), told => told.Detail.ShouldBe("authenticator"));
        (await host.Sql("select e::text from cme.read_entry e where what like 'people:%' union all select e::text from cme.read_waiting e where what like 'people:%'")).ShouldAllBe(row => !row.Contains('@'));
    }

    /// <summary>The recovery codes that a page shows.</summary>
    internal static IReadOnlyList<string> CodesOn(Page page) =>
        [.. Regex.Matches(page.Html, "cme-secret\">([0-9A-Z]{5}-[0-9A-Z]{5})<").Select(found => found.Groups[1].Value)];

    private static string Spaced(string code) => $"{code[..3]} {code[3..]}";
}
