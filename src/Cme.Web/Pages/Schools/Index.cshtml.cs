using System.Collections.Immutable;
using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Domain.Procedures;
using Cme.Grains.Rules;
using Cme.Storage.Episodes;
using Cme.Domain.Registers;
using Cme.Storage.Lessons;
using Cme.Storage.Registers;
using Cme.Storage.Schools;
using Cme.Web.Api.Episodes;
using Cme.Web.Api.Lessons;
using Cme.Web.Api.Registers;
using Cme.Web.Api.Schools;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Schools;

/// <summary>One school: who answers for what, by which procedure and calendar, and how its registers come.</summary>
[Authorize(Policies.SchoolBoard)]
[Audited(ReadKinds.Register)]
public sealed class IndexModel(
    ISchools schools, IEpisodes episodes, IFeeds feeds, IRegisters registers, SchoolCalendars calendars, PackCatalogue packs, IRulebook rulebook,
    IColleagues colleagues, DailyReturnReader returns, ILessons lessons,
    ContactDesk contacts, [FromKeyedServices(Clock.Business)] TimeProvider clock) : PageModel
{
    private const int FeedDays = 5;

    public SchoolRecord School { get; private set; } = null!;
    public Viewer Viewer { get; private set; } = null!;
    public DateTimeOffset Now => clock.GetUtcNow();
    /// <summary>The name of the school that commissions it; null for a school.</summary>
    public string? Commissioner { get; private set; }
    public ProcedurePack Pack { get; private set; } = null!;
    public ImmutableArray<Answering> Answering { get; private set; } = [];
    public int Open { get; private set; }
    /// <summary>Whom the school names for others to turn to.</summary>
    public SchoolContactsNow Contacts { get; private set; } = null!;
    /// <summary>The registers of the last school days, the latest first.</summary>
    public ImmutableArray<FeedDayView> Feed { get; private set; } = [];
    /// <summary>Null if it has published none.</summary>
    public SchoolCalendar? Calendar { get; private set; }
    /// <summary>The published school year that is shown.</summary>
    public SchoolYearDocument? Year { get; private set; }
    /// <summary>Every published school year, by name.</summary>
    public ImmutableArray<string> Years { get; private set; } = [];
    public ImmutableArray<MonthInWords> Months { get; private set; } = [];

    /// <summary>Registers of today's lessons that were not taken in the first ten minutes (MID-08).</summary>
    public ImmutableArray<LessonRegister> LateLessons { get; private set; } = [];
    /// <summary>Returns of today: a provider's own, and those of providers with which the school placed pupils.</summary>
    public ImmutableArray<(SchoolRecord Provider, string State)> Returns { get; private set; } = [];
    public string ReturnOf(string urn) => $"/schools/{urn}/returns/{London.DateOf(Now):yyyy-MM-dd}";

    public bool MayPublish => Scope.MayPublishCalendar(Viewer, School.Urn);
    public bool MayNameContacts => Scope.MayNameContacts(Viewer, School.Urn);
    public bool MayReport => Scope.MayReadReports(Viewer, School.Urn);

    /// <param name="year">The school year whose calendar is shown, such as <c>2026-27</c>; the present one unless one is named.</param>
    public async Task<IActionResult> OnGetAsync(string urn, string? year)
    {
        var cancel = HttpContext.RequestAborted;
        Viewer = Viewer.Of(User);
        if (!Scope.MayReadSchool(Viewer, urn) || await schools.GetAsync(Viewer.Authority, urn, cancel) is not { } school) { return NotFound(); }
        School = school;
        Commissioner = school.Commissioner is { } commissioner ? (await schools.GetAsync(Viewer.Authority, commissioner, cancel))?.Name ?? commissioner : null;
        Pack = packs[school.Pack ?? await rulebook.PackOf(school.Authority)];
        Answering = Schools.Answering.Of(Pack, await colleagues.AnsweringForAsync(Viewer.Authority, urn));
        Contacts = (await contacts.OfAsync(Viewer.Authority, urn, cancel))!;
        Open = (await episodes.OpenOfSchoolAsync(Viewer.Authority, urn, cancel)).Length;
        Feed = await FeedAsync(urn, cancel);
        Returns = await ReturnsAsync(cancel);
        LateLessons = [.. (await LessonEndpoints.OfDayAsync(school, London.DateOf(Now), lessons, calendars, Now, cancel)).Where(one => one.State is LessonState.Late or LessonState.NotTaken)];
        await ReadCalendarAsync(urn, year, cancel);
        return Page();
    }

    private async Task<ImmutableArray<(SchoolRecord, string)>> ReturnsAsync(CancellationToken cancel)
    {
        var today = London.DateOf(Now);
        var placed = await returns.OfCommissionerAsync(Viewer.Authority, School.Urn, today, Now, cancel);
        if (School.Kind == "provider") { placed = placed.Insert(0, (School, await returns.StandingAsync(School, today, Now, cancel))); }
        return [.. placed.Select(one => (one.Provider, one.Return?.State.ToString().ToLowerInvariant() ?? "none"))];
    }

    private async Task<ImmutableArray<FeedDayView>> FeedAsync(string urn, CancellationToken cancel)
    {
        if (await feeds.RecentAsync(Viewer.Authority, urn, FeedDays, Now, cancel) is not { Registers: [var first, ..] } feed) { return []; }
        var window = await registers.ReadWindowAsync(Viewer.Authority, urn, first.Session.Date, London.DateOf(Now), cancel);
        return FeedDayView.Of(feed, window.Sheets, Now);
    }

    private async Task ReadCalendarAsync(string urn, string? year, CancellationToken cancel)
    {
        Calendar = await calendars.ReadAsync(Viewer.Authority, urn, cancel);
        var published = (await schools.CalendarsAsync(Viewer.Authority, urn, cancel: cancel))
            .Where(record => record.SchoolYear != AuthorityCalendar.Year).Select(StoredYear.Read).ToArray();
        Years = [.. published.Select(one => one.SchoolYear)];
        var present = SchoolYear.NameOf(SchoolYear.NumberOf(London.DateOf(Now)));
        Year = published.FirstOrDefault(one => one.SchoolYear == (year ?? present)) ?? published.LastOrDefault();
        Months = Calendar is null || Year is null || !SchoolYear.TryParseName(Year.SchoolYear, out var number) ? [] : YearInWords.Of(Calendar, number);
    }
}
