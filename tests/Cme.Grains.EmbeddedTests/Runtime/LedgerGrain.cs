using Orleans;
using Orleans.Runtime;

namespace Cme.Grains.EmbeddedTests.Runtime;

public sealed class Ledger
{
    public int Total { get; set; }
}

/// <summary>A grain with a stored row, which it does not look after: what the runtime does by itself shows.</summary>
public interface ILedgerGrain : IGrainWithStringKey
{
    Task<string> Add(int amount);

    Task AddAndSwallow(int amount);

    Task<string> Read();

    Task<string> Reread();

    Task Clear();
}

public sealed class LedgerGrain([PersistentState("ledger")] IPersistentState<Ledger> store, Stage stage) : Grain, ILedgerGrain
{
    private int _totalWhenActivated;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _totalWhenActivated = store.State.Total;
        stage.Note("activated");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        stage.Note($"deactivated {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public async Task<string> Add(int amount)
    {
        store.State.Total += amount;
        await store.WriteStateAsync();
        return Describe();
    }

    public async Task AddAndSwallow(int amount)
    {
        try
        {
            await Add(amount);
        }
        catch (Exception failure)
        {
            stage.Note(failure.GetType().Name);
        }
    }

    public Task<string> Read() => Task.FromResult(Describe());

    public async Task<string> Reread()
    {
        store.State.Total = -1;
        await store.ReadStateAsync();
        return Describe();
    }

    public Task Clear() => store.ClearStateAsync();

    private string Describe() => $"{store.State.Total} etag {store.Etag ?? "none"} exists {store.RecordExists} began with {_totalWhenActivated}";
}
