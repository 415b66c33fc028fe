using System.Net;
using Cme.Storage.Schools;
using Cme.Web.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Cme.Web.Tests.Pages;

/// <summary>What the law asks a public body to publish, in the name of the council whose service it is. For everybody, signed in or not.</summary>
public sealed class NoticeSpecs(NoticeSpecs.Council host) : IClassFixture<NoticeSpecs.Council>, IAsyncLifetime
{
    public async Task InitializeAsync()
    {
        await host.Services.GetRequiredService<ISchools>().PutAuthorityAsync(new AuthorityRecord("123", "Testshire County Council"));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("Feedback and contact information")]
    [InlineData("Enforcement procedure")]
    [InlineData("Compliance status")]
    [InlineData("Non-accessible content")]
    [InlineData("Preparation of this accessibility statement")]
    [InlineData("Equality Advisory and Support Service")]
    [InlineData("partially compliant with the Web Content Accessibility Guidelines version 2.2")]
    [InlineData("help@testshire.example")]
    public async Task The_accessibility_statement_has_what_the_model_of_GOV_UK_asks_for(string said) => (await Text("/accessibility")).ShouldContain(said);

    [Theory]
    [InlineData("Testshire County Council is the controller")]
    [InlineData("dpo@testshire.example")]
    [InlineData("Education Act 1996, section 436A")]
    [InlineData("Children Act 2004, sections 10 and 11")]
    [InlineData("School Attendance (Pupil Registration) (England) Regulations 2024")]
    [InlineData("article 6(1)(e)")]
    [InlineData("article 9(2)(g)")]
    [InlineData("Who sees it")]
    [InlineData("at least six years")]
    [InlineData("Your rights")]
    [InlineData("Decisions by machine")]
    [InlineData("Information Commissioner’s Office")]
    [InlineData("https://www.testshire.example/privacy")]
    public async Task The_privacy_notice_has_what_the_UK_GDPR_asks_for(string said) => (await Text("/privacy")).ShouldContain(said);

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/accessibility")]
    [InlineData("/privacy")]
    public async Task Both_are_a_link_away_on_every_page_under_the_council_s_own_name(string path)
    {
        using var client = host.Client();
        var html = await client.GetStringAsync(path);

        html.ShouldContain("href=\"/accessibility\"");
        html.ShouldContain("href=\"/privacy\"");
        html.ShouldContain("Testshire County Council");
        html.ShouldNotContain(Cme.Web.Demo.DemoAuthority.Name);
    }

    /// <summary>What a page says, its marks left out.</summary>
    private async Task<string> Text(string path)
    {
        using var client = host.Client();
        var html = await client.GetStringAsync(path);
        return string.Join(' ', WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Replace(html, "</?a\\b[^>]*>", found => found.Value.StartsWith("<a", StringComparison.Ordinal) ? Link(found.Value) : ""))
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace("§ ", "", StringComparison.Ordinal);
    }

    // An address that a link leads to counts as said.
    private static string Link(string anchor) => anchor.Contains("testshire.example/privacy", StringComparison.Ordinal) ? "https://www.testshire.example/privacy " : "";

    /// <summary>A service for somebody real, with one council and its contacts.</summary>
    public sealed class Council : EdgeHost
    {
        protected override bool Demo => false;

        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
        {
            ["Anonymous:PerMinute"] = "100000", ["Councils:123:Email"] = "help@testshire.example", ["Councils:123:Phone"] = "01632 960000",
            ["Councils:123:DataProtectionEmail"] = "dpo@testshire.example", ["Councils:123:Website"] = "https://www.testshire.example/privacy",
        };
    }
}
