using Cme.Web.Demo;
using Cme.Web.Pages.Boards;
using Cme.Web.Pages.Children;
using Cme.Web.Pages.Concerns;
using Cme.Web.Pages.Episodes.Record;
using Cme.Web.Pages.Notices;
using Cme.Web.Pages.Pictures;
using Cme.Web.Pages.Reports;
using Cme.Web.Pages.Referrals;
using Cme.Web.Pages.Report;
using Cme.Web.Pages.Shared;
using Cme.Web.Security;

namespace Cme.Web.Pages;

/// <summary>The pages for people.</summary>
public static class PagesSetup
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorPages();
        services.AddHttpContextAccessor();
        services.AddMemoryCache();
        services.AddOptions<CouncilSettings>().BindConfiguration(CouncilSettings.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<BoardReader>();
        services.AddSingleton<IColleagues, StoredColleagues>();
        services.AddScoped<PageFrame>();
        services.AddScoped<ChildReader>();
        services.AddScoped<ReferralReader>();
        services.AddScoped<ConcernReader>();
        services.AddScoped<PossibleMatches>();
        services.AddScoped<ChartReader>();
        services.AddScoped<ReportReader>();
        services.AddSingleton<SchoolMornings>();
        services.AddSingleton<KeptForms>();
        services.AddSingleton<UndoOffers>();
        services.AddSingleton<TypingKeys>();
        services.AddSingleton<ReportForms>();
        return services;
    }
}
