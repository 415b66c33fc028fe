using Cme.Contracts;
using Cme.Contracts.Children;
using Cme.Contracts.Episodes;
using Cme.Domain.Calendars;
using Cme.Domain.Episodes;
using Cme.Storage.Episodes;
using Orleans;

namespace Cme.Web.Api.Episodes;

/// <summary>The one way by which an act is recorded, from a system or from a page.</summary>
internal static class EpisodeActs
{
    public static async Task<ActionAnswer> RecordAsync(IGrainFactory grains, EpisodeRow row, RecordAction action)
    {
        var child = grains.GetGrain<IChildGrain>(Keys.Child(row.ChildId));
        // Only the child knows whether another of its episodes is open.
        var answer = action.Action == ActionNames.Reopen || (row.Status == "closed" && action.Corrects is not null)
            ? await child.Reopen(row.Urn, row.Reference, action)
            : await grains.GetGrain<IEpisodeGrain>(row.Reference).Record(action);
        if (answer.Outcome.RefusalCode is null && LeadsTo(row, action) is { } kind)
        {
            await child.OpenRecord(new()
            {
                Authority = row.Authority, ChildId = row.ChildId, Kind = kind, Since = London.DateOf(action.At), LinkedTo = row.Reference,
                YearGroup = row.YearGroup, RecordedBy = action.RecordedBy,
            });
        }
        return answer;
    }

    /// <summary>
    /// The record that an act opens by itself: a child whose education at home is not suitable is missing education (FACTS B2). Sent again
    /// after a fault it finds the record open.
    /// </summary>
    private static string? LeadsTo(EpisodeRow row, RecordAction action) =>
        row.Kind == EpisodeKinds.HomeEducation && action is { Action: ActionNames.EducationAssessment, Outcome: "not-suitable" } ? EpisodeKinds.Cme : null;
}
