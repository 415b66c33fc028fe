using Cme.Contracts;
using Cme.Contracts.Boards;
using Cme.Contracts.Episodes;
using Cme.Contracts.Schools;
using Cme.Storage.Auditor;
using Cme.Storage.Sequencer;
using Cme.Web.Records;
using Orleans;

namespace Cme.Web.Hosting;

/// <summary>Tells the boards concerned what the sequencer has published. What is lost here, a board's own reading by number makes good.</summary>
internal sealed class BoardWaker(IGrainFactory grains) : IPublishedListener
{
    public Task PublishedAsync(Published published, CancellationToken cancel)
    {
        // The desk counts what each school has, so that it is always concerned.
        IEnumerable<string> boards = [Keys.Desk(published.Authority), .. published.Urns.Select(urn => Keys.SchoolBoard(published.Authority, urn))];
        if (published.Lead) { boards = boards.Append(Keys.Lead(published.Authority)); }
        return Task.WhenAll(boards.Select(board => grains.GetGrain<IBoardGrain>(board).Advance(published.Epoch, published.Number)));
    }
}

/// <summary>Wakes the grains that the auditor found asleep over something.</summary>
internal sealed class GrainWaker(IGrainFactory grains, AuthorityRecords records) : IMissedListener
{
    public Task LookAsync(string reference, CancellationToken cancel) => grains.GetGrain<IEpisodeGrain>(reference).Look();

    public Task LookAtSchoolAsync(string authority, string urn, CancellationToken cancel) =>
        grains.GetGrain<ISchoolGrain>(Keys.School(authority, urn)).Look();

    public Task DeliverAsync(string authority, string urn, CancellationToken cancel) =>
        grains.GetGrain<ISchoolGrain>(Keys.School(authority, urn)).DeliverSignals();

    public Task TakeCalendarsAsync(string authority, string urn, CancellationToken cancel) =>
        urn == authority ? records.TakeCalendarAsync(authority) : grains.GetGrain<ISchoolGrain>(Keys.School(authority, urn)).TakeCalendars();
}
