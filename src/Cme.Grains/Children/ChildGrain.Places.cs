using System.Collections.Immutable;
using Cme.Contracts.Children;
using Cme.Contracts.Episodes;
using Cme.Domain.Calendars;
using Cme.Domain.Episodes;

namespace Cme.Grains.Children;

/// <summary>The other places that expect a child who is missing at one.</summary>
internal sealed partial class ChildGrain
{
    /// <summary>
    /// While a child is missing at one place, the others that expect the child today are asked whether the child was seen there. What is
    /// delivered again is asked again, and the episode knows what it has asked.
    /// </summary>
    private async Task AskOtherPlaces(AbsenceSignal signal)
    {
        var today = London.DateOf(signal.KnownAt);
        var newest = signal.Explained?.Date is { } told && told > signal.Run[^1].Date ? told : signal.Run[^1].Date;
        if (newest != today || store.State.At(signal.Urn).Episodes is not [.., var episode])
        {
            return;                                                  // A correction of the past says nothing of today.
        }
        var places = ImmutableArray.CreateBuilder<AskPlace>();
        foreach (var place in await schools.OtherPlacesAsync(signal.Authority, signal.Urn, signal.ChildId, today))
        {
            var calendar = await rulebook.Calendar(signal.Authority, place.Urn);
            if (SeenToday.AnswerBy(calendar?.For(place.YearGroup, place.Timetable), today, signal.KnownAt) is { } by)
            {
                places.Add(new AskPlace(place.Urn, today, by));
            }
        }
        if (places.Count > 0 && await StatusOf(episode) == EpisodeStatus.Open)
        {
            Expect(await GrainFactory.GetGrain<IEpisodeGrain>(episode).AskPlaces(places.DrainToImmutable(), signal.KnownAt));
        }
    }
}
