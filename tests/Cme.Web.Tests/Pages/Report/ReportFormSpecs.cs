using System.Net;
using System.Text.RegularExpressions;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Pages.Report;

/// <summary>The public's form over real HTTP, without JavaScript: one question a page, danger first, nothing of the answers in any address.</summary>
public sealed partial class ReportFormSpecs(EdgeHost host) : IClassFixture<EdgeHost>
{
    private const string Form = "/report-a-concern";

    private static readonly (string Question, (string Name, string Value)[] Answers)[] Whole =
    [
        ("danger", [("danger", "no")]), ("worry", [("worry", "missing-education")]), ("name", [("name", "Kai Sample")]), ("age", [("age", "about 9")]),
        ("school", [("school", "Willowbrook")]), ("address", [("address", "12 Example Road"), ("postcode", "NN1 1AA")]), ("description", [("description", "Red coat")]),
        ("seen", [("seen", "At home all day"), ("seenWhen", "Since September")]), ("others", [("otherChildren", "A girl of 5")]), ("language", [("language", "Polish")]),
        ("contact", [("contact", "yes")]), ("your-details", [("yourName", "Doreen Nextdoor"), ("yourPhone", "01632 960123"), ("relationship", "Neighbour")]),
    ];

    [Fact]
    public async Task CHE04_Anybody_reports_without_an_account_one_question_a_page_and_gets_a_reference()
    {
        using var visitor = new Visitor(host.Address);
        var start = await visitor.OpenAsync(Form);
        start.Status.ShouldBe(200);
        start.Html.ShouldContain("call 999 now");

        var at = $"{Form}/danger";
        foreach (var (question, answers) in Whole)
        {
            at.ShouldBe($"{Form}/{question}");
            (await visitor.OpenAsync(at)).Html.ShouldContain("Exit this page");
            at = (await visitor.SendAsync(at, answers)).Location!;
        }
        at.ShouldBe($"{Form}/check-your-answers");
        var check = await visitor.OpenAsync(at);
        foreach (var answer in Whole.Skip(2).SelectMany(one => one.Answers).Where(answer => answer.Name != "contact")) { check.Html.ShouldContain(answer.Value); }
        var received = await visitor.FollowAsync(await visitor.SendAsync(at));

        received.Path.ShouldBe($"{Form}/received");
        var reference = Reference().Match(received.Html).Value;
        var stored = (await host.Sql($"select channel || ' ' || worry || ' ' || danger || ' ' || convert_from(body, 'UTF8') from cme.concern where reference = '{reference}'"))[0];
        stored.ShouldStartWith("form missing-education no ");
        foreach (var kept in new[] { "Kai Sample", "about 9", "Willowbrook", "12 Example Road", "Red coat", "At home all day", "A girl of 5", "Polish" }) { stored.ShouldContain(kept); }
        stored.ShouldNotContain("Doreen", Case.Insensitive, "who reported lies apart");
        stored.ShouldNotContain("Neighbour");
        (await host.Sql($"select count(*) from cme.concern_reporter where concern = '{reference}'"))[0].ShouldBe("1");
    }

    [Fact]
    public async Task CHE12_The_first_page_says_how_else_to_reach_the_team_and_when_it_was_last_reviewed()
    {
        using var visitor = new Visitor(host.Address);
        var start = (await visitor.OpenAsync(Form)).Html;

        start.ShouldContain("Other ways to tell us");
        start.ShouldContain("Relay UK");
        start.ShouldMatch("This page was last reviewed on \\d+ \\w+ \\d{4}");
    }

    [Fact]
    public async Task CHE07_Everything_that_decides_nothing_may_be_left_blank_and_each_that_decides_takes_I_do_not_know()
    {
        using var visitor = new Visitor(host.Address);
        await AnswerAsync(visitor, ("danger", [("danger", "unknown")]), ("worry", [("worry", "other")]));
        foreach (var blank in new[] { "name", "age", "address" }) { (await visitor.SendAsync($"{Form}/{blank}")).Status.ShouldBe(302); }
        await AnswerAsync(visitor, ("school", [("school", "Willowbrook")]));
        foreach (var blank in new[] { "description", "seen", "others", "language" }) { (await visitor.SendAsync($"{Form}/{blank}")).Status.ShouldBe(302); }
        (await visitor.SendAsync($"{Form}/contact", ("contact", "anonymous"))).Location.ShouldBe($"{Form}/check-your-answers");

        (await visitor.OpenAsync($"{Form}/check-your-answers")).Html.ShouldContain("Left blank");
        (await visitor.FollowAsync(await visitor.SendAsync($"{Form}/check-your-answers"))).Html.ShouldContain("Report received");
    }

    [Fact]
    public async Task One_thing_must_be_known_by_which_somebody_could_recognise_the_child()
    {
        using var visitor = new Visitor(host.Address);
        await AnswerAsync(visitor, ("danger", [("danger", "no")]), ("worry", [("worry", "other")]));

        var refused = await visitor.SendAsync($"{Form}/description");
        refused.Errors.ShouldHaveSingleItem().ShouldStartWith("Tell us one thing by which we could recognise the child");
        refused.Html.ShouldContain("<title>Error: ");
        (await AnswerAsync(visitor, ("contact", [("contact", "anonymous")]))).ShouldBe($"{Form}/check-your-answers");
        (await visitor.OpenAsync($"{Form}/check-your-answers")).Location.ShouldBe($"{Form}/description?change=true", "whoever went round it comes back to it");
    }

    [Theory]
    [InlineData("danger", "Select yes, no, or that you don’t know")]
    [InlineData("worry", "Select what you are worried about")]
    [InlineData("contact", "Select whether we may get in touch with you")]
    public async Task What_decides_has_to_be_answered_and_the_fault_stands_above_the_form_and_beside_the_field(string question, string words)
    {
        using var visitor = new Visitor(host.Address);
        await AnswerAsync(visitor, ("danger", [("danger", "no")]));
        await visitor.OpenAsync($"{Form}/{question}");

        var refused = await visitor.SendAsync($"{Form}/{question}", (question, "something else"));

        refused.Errors.ShouldBe([words]);
        refused.Html.ShouldContain($"href=\"#{question}-0\"");
        refused.Html.ShouldContain($"id=\"{question}-error\"");
    }

    [Fact]
    public async Task Danger_is_asked_first_and_whoever_fears_it_is_told_to_call_999_before_anything_else_and_can_go_on()
    {
        using var visitor = new Visitor(host.Address);
        (await visitor.OpenAsync($"{Form}/name")).Location.ShouldBe(Form, "no other question comes before it");
        await visitor.OpenAsync($"{Form}/danger");

        var next = await visitor.SendAsync($"{Form}/danger", ("danger", "yes"));

        next.Location.ShouldBe($"{Form}/call-999");
        (await visitor.OpenAsync(next.Location!)).Html.ShouldContain("Do not wait for us");
        (await visitor.SendAsync(next.Location!)).Location.ShouldBe($"{Form}/worry");
    }

    [Fact]
    public async Task No_answer_stands_in_any_address_and_none_in_the_visitor_s_cookie()
    {
        using var visitor = new Visitor(host.Address);
        await AnswerAsync(visitor, ("danger", [("danger", "no")]), ("name", [("name", "Kai Sample")]));
        var next = await visitor.SendAsync($"{Form}/address", ("address", "12 Example Road"), ("postcode", "NN1 1AA"));

        next.Location.ShouldBe($"{Form}/description");
        var cookie = visitor.Cookies.GetCookies(new Uri(host.Address, Form))["cme-report"]!;
        (cookie.HttpOnly, cookie.Expires).ShouldBe((true, DateTime.MinValue), "it goes with the browser's window");
        cookie.Value.Length.ShouldBe(43);
        (await host.Sql("select encode(content, 'escape') from cme.concern_draft")).ShouldAllBe(draft => !draft.Contains("Kai", StringComparison.Ordinal));
        (await host.Sql("select encode(id, 'hex') from cme.concern_draft")).ShouldAllBe(id => !id.Contains(cookie.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Exit_this_page_leads_away_and_leaves_nothing_that_going_back_could_show()
    {
        using var visitor = new Visitor(host.Address);
        await AnswerAsync(visitor, ("danger", [("danger", "no")]), ("name", [("name", "Kai Sample")]));
        var before = int.Parse((await host.Sql("select count(*) from cme.concern_draft"))[0], System.Globalization.CultureInfo.InvariantCulture);

        (await visitor.OpenAsync($"{Form}/leave")).Location.ShouldBe("https://www.bbc.co.uk/weather");

        (await host.Sql("select count(*) from cme.concern_draft"))[0].ShouldBe($"{before - 1}");
        var back = await visitor.OpenAsync($"{Form}/name");
        back.Location.ShouldBe(Form);
        (await visitor.OpenAsync(Form)).Html.ShouldNotContain("What you had written", Case.Sensitive, "nothing says that anything was ever written");
    }

    [Fact]
    public async Task Whoever_chooses_to_stay_anonymous_after_writing_a_name_is_anonymous()
    {
        using var visitor = new Visitor(host.Address);
        foreach (var (question, answers) in Whole) { await AnswerAsync(visitor, (question, answers)); }

        (await visitor.SendAsync($"{Form}/contact", ("contact", "anonymous"), ("Change", "true"))).Location.ShouldBe($"{Form}/check-your-answers");
        (await visitor.OpenAsync($"{Form}/check-your-answers")).Html.ShouldNotContain("Doreen");
        var received = await visitor.FollowAsync(await visitor.SendAsync($"{Form}/check-your-answers"));

        (await host.Sql($"select anonymous from cme.concern where reference = '{Reference().Match(received.Html).Value}'"))[0].ShouldBe("True");
    }

    [Fact]
    public async Task A_changed_answer_leads_back_to_the_check_and_asks_for_what_it_makes_necessary()
    {
        using var visitor = new Visitor(host.Address);
        foreach (var (question, answers) in Whole.Where(one => one.Question is not ("contact" or "your-details"))) { await AnswerAsync(visitor, (question, answers)); }
        await AnswerAsync(visitor, ("contact", [("contact", "anonymous")]));

        (await visitor.SendAsync($"{Form}/name", ("name", "Kay Sample"), ("Change", "true"))).Location.ShouldBe($"{Form}/check-your-answers");
        (await visitor.SendAsync($"{Form}/contact", ("contact", "yes"), ("Change", "true"))).Location.ShouldBe($"{Form}/your-details?change=true");
        (await visitor.SendAsync($"{Form}/your-details", ("yourName", "Doreen"), ("Change", "true"))).Errors.ShouldHaveSingleItem().ShouldStartWith("Enter a telephone number");
    }

    [Fact]
    public async Task A_button_pressed_twice_reports_once()
    {
        using var visitor = new Visitor(host.Address);
        foreach (var (question, answers) in Whole) { await AnswerAsync(visitor, (question, answers)); }
        await visitor.OpenAsync($"{Form}/check-your-answers");
        var before = await host.Sql("select count(*) from cme.concern");

        var both = await Task.WhenAll(visitor.SendAsync($"{Form}/check-your-answers"), visitor.SendAsync($"{Form}/check-your-answers"));

        both.ShouldAllBe(answer => answer.Location == $"{Form}/received");
        int.Parse((await host.Sql("select count(*) from cme.concern"))[0], System.Globalization.CultureInfo.InvariantCulture)
            .ShouldBe(int.Parse(before[0], System.Globalization.CultureInfo.InvariantCulture) + 1);
        (await visitor.OpenAsync($"{Form}/danger")).Html.ShouldNotContain("checked=\"checked\"", Case.Sensitive, "another report begins with nothing of this one");
    }

    [Fact]
    public async Task The_line_that_people_do_not_see_loses_no_report_and_the_desk_sees_the_doubt()
    {
        using var visitor = new Visitor(host.Address);
        foreach (var (question, answers) in Whole) { await AnswerAsync(visitor, (question, answers)); }
        var check = await visitor.OpenAsync($"{Form}/check-your-answers");
        check.Html.ShouldContain("class=\"cme-trap\" aria-hidden=\"true\" inert");
        check.Html.ShouldContain("tabindex=\"-1\"");

        var received = await visitor.FollowAsync(await visitor.SendAsync($"{Form}/check-your-answers", ("website", "https://buy.example")));

        (await host.Sql($"select suspect from cme.concern where reference = '{Reference().Match(received.Html).Value}'"))[0].ShouldBe("True");
    }

    [Fact]
    public async Task A_form_that_another_site_sends_is_refused()
    {
        using var client = host.Client();
        using var forged = await client.PostAsync($"{Form}/danger", new FormUrlEncodedContent([new("danger", "no")]));

        forged.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task What_is_too_long_is_named_and_what_no_keyboard_writes_is_left_out()
    {
        using var visitor = new Visitor(host.Address);
        await AnswerAsync(visitor, ("danger", [("danger", "no")]));
        await visitor.OpenAsync($"{Form}/name");

        (await visitor.SendAsync($"{Form}/name", ("name", new string('x', 201)))).Errors.ShouldBe(["What is the child’s name: write at most 200 characters"]);
        (await visitor.SendAsync($"{Form}/name", ("name", "Ka\u0001i\u0007"))).Status.ShouldBe(302);
        (await visitor.OpenAsync($"{Form}/name")).Html.ShouldContain("value=\"Kai\"");
    }

    private static async Task<string> AnswerAsync(Visitor visitor, params (string Question, (string Name, string Value)[] Answers)[] all)
    {
        var next = "";
        foreach (var (question, answers) in all)
        {
            (await visitor.OpenAsync($"{Form}/{question}")).Status.ShouldBe(200, question);
            next = (await visitor.SendAsync($"{Form}/{question}", answers)).Location!;
        }
        return next;
    }

    [GeneratedRegex("concern-[0-9a-z]{10}-[0-9a-z]")]
    private static partial Regex Reference();
}

/// <summary>The form where one address may send two reports an hour, of two councils.</summary>
public sealed class FewReportsHost : EdgeHost
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string> { ["Anonymous:PerMinute"] = "100000", ["Concerns:PerHour"] = "2" };
}

public sealed class ReportLimits(FewReportsHost host) : IClassFixture<FewReportsHost>
{
    private const string Form = "/report-a-concern";

    [Fact]
    public async Task Whoever_sends_too_many_keeps_the_answers_and_is_told_how_else_and_of_several_councils_one_is_asked_for()
    {
        await host.Sql("insert into cme.authority (code, name) values ('998', 'Another Council') returning code");
        var last = await ReportAsync();
        last.Path.ShouldBe($"{Form}/received");
        (await host.Sql("select authority from cme.concern")).ShouldBe(["998"]);
        await ReportAsync();

        var refused = await ReportAsync();

        refused.Status.ShouldBe(429);
        refused.Errors.ShouldHaveSingleItem().ShouldContain("call 999");
        refused.Html.ShouldContain("Kai Sample");
    }

    private async Task<Page> ReportAsync()
    {
        using var visitor = new Visitor(host.Address);
        await visitor.OpenAsync($"{Form}/danger");
        (await visitor.SendAsync($"{Form}/danger", ("danger", "no"))).Location.ShouldBe($"{Form}/council");
        (await visitor.SendAsync($"{Form}/council", ("council", "998"))).Location.ShouldBe($"{Form}/worry");
        await visitor.SendAsync($"{Form}/worry", ("worry", "other"));
        await visitor.SendAsync($"{Form}/name", ("name", "Kai Sample"));
        await visitor.SendAsync($"{Form}/contact", ("contact", "anonymous"));
        await visitor.OpenAsync($"{Form}/check-your-answers");
        return await visitor.FollowAsync(await visitor.SendAsync($"{Form}/check-your-answers"));
    }
}
