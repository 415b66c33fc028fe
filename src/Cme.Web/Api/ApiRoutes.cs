using Cme.Web.Api.Authorities;
using Cme.Web.Api.Children;
using Cme.Web.Api.Concerns;
using Cme.Web.Api.Enquiries;
using Cme.Web.Api.Episodes;
using Cme.Web.Api.Health;
using Cme.Web.Api.Leaves;
using Cme.Web.Api.Places;
using Cme.Web.Api.Records;
using Cme.Web.Api.Referrals;
using Cme.Web.Api.Lessons;
using Cme.Web.Api.Registers;
using Cme.Web.Api.Removals;
using Cme.Web.Api.Schools;
using Cme.Web.Api.Searches;
using Cme.Web.Api.Admissions;
using Cme.Web.Api.Transfers;

namespace Cme.Web.Api;

/// <summary>The published HTTP contract, in the order in which a school meets it.</summary>
internal static class ApiRoutes
{
    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1");
        api.MapOfficeCalendars();
        api.MapSchools();
        api.MapSchoolCalendars();
        api.MapSchoolContacts();
        api.MapRolls();
        api.MapRegisters();
        api.MapLeaves();
        api.MapRemovals();
        api.MapTransfers();
        api.MapAdmissions();
        api.MapFeed();
        api.MapDailyReturns();
        api.MapLessons();
        api.MapPlaceQuestions();
        api.MapEpisodes();
        api.MapDays();
        api.MapEnquiries();
        api.MapActions();
        api.MapClaims();
        api.MapEvents();
        api.MapChildFlags();
        api.MapEducation();
        api.MapReferrals();
        api.MapConcerns();
        api.MapRecords();
        api.MapSearches();
        routes.MapHealth();
    }
}
