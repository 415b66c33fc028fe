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
        if (answer.Outcome.RefusalCode is not null) { return answer; }
        if (LeadsTo(row, action) is { } kind)
        {
            await child.OpenRecord(new()
            {
                Authority = row.Authority, ChildId = row.ChildId, Kind = kind, LinkedTo = row.Reference, YearGroup = row.YearGroup, RecordedBy = action.RecordedBy,
                Since = kind == EpisodeKinds.MissingPerson ? row.FirstDayMissing : London.DateOf(action.At),
            });
        }
        // Told after every act: a fault after the closing one is mended by the next.
        if (row.Kind == EpisodeKinds.MissingPerson) { await child.TellLinked(row.Reference); }
        return answer;
    }

    /// <summary>
    /// The record that an act opens by itself: a child whose education at home is not suitable is missing education, and one of whom the police
    /// are told is a missing person (FACTS B2, DOR-16). Sent again after a fault it finds the record open.
    /// </summary>
    private static string? LeadsTo(EpisodeRow row, RecordAction action) => (row.Kind, action) switch
    {
        (EpisodeKinds.HomeEducation, { Action: ActionNames.EducationAssessment, Outcome: "not-suitable" }) => EpisodeKinds.Cme,
        (EpisodeKinds.Whereabouts or EpisodeKinds.Cme, { Action: ActionNames.ReferPolice, Corrects: null }) => EpisodeKinds.MissingPerson,
        _ => null,
    };
}
