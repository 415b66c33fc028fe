using Orleans;
using Orleans.Concurrency;

namespace Cme.Grains.EmbeddedTests.Runtime;

/// <summary>A grain that does as it is told, so that specs can say what the runtime must do with it.</summary>
public interface ITurnGrain : IGrainWithStringKey
{
    /// <summary>Says that it has begun, waits at a gate, and says that it has ended.</summary>
    Task Hold(string name);

    [AlwaysInterleave] Task HoldInterleaved(string name);

    [AlwaysInterleave] Task<int> Peek();

    Task<string> WhoAreYou();

    Task Throw(string message);

    ValueTask<string?> Echo(string? said, CancellationToken cancellationToken);

    ValueTask Nothing();

    /// <summary>Calls along the path: "b>c" lets b call c.</summary>
    Task<string> Travel(string path);

    [AlwaysInterleave] Task<string> TravelInterleaved(string path);

    /// <summary>Waits at a gate, then calls another grain.</summary>
    Task HoldThenVisit(string gate, string other);

    /// <summary>Leaves work behind that calls this same grain once this call is over.</summary>
    Task LeaveWorkBehind();

    Task LeaveMemory();

    [AlwaysInterleave] Task CountSlowly();
}

public sealed class TurnGrain(Stage stage) : Grain, ITurnGrain
{
    private readonly Guid _self = Guid.NewGuid();
    private int _begun;
    private int _inside;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        stage.Note("activated");
        switch (this.GetPrimaryKeyString())
        {
            case "turn-fails-once" when stage.Notes.Count(note => note == "activated") == 1:
                throw new InvalidOperationException("The calendar is missing.");
            case "turn-calls-back":
                await GrainFactory.GetGrain<ITurnGrain>("turn-a").WhoAreYou();
                break;
            case "turn-slow-start":
                await stage.At("start");
                break;
        }
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        stage.Note($"deactivated {reason.ReasonCode}");
        stage.Reach("deactivating");
        if (this.GetPrimaryKeyString() == "turn-slow-end")
        {
            await stage.At("end");
        }

        stage.Note("deactivated");
    }

    public async Task Hold(string name)
    {
        _begun++;
        stage.Note($"{name} begins");
        stage.Reach(name);
        await stage.At(name);
        stage.Note($"{name} ends");
    }

    public Task HoldInterleaved(string name) => Hold(name);

    public Task<int> Peek() => Task.FromResult(_begun);

    public Task<string> WhoAreYou() => Task.FromResult($"{this.GetPrimaryKeyString()} {_self}");

    public async Task Throw(string message)
    {
        await Task.Yield();
        throw new ArgumentException(message);
    }

    public ValueTask<string?> Echo(string? said, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(said);
    }

    public ValueTask Nothing() => ValueTask.CompletedTask;

    public async Task<string> Travel(string path)
    {
        await Task.Yield();
        var here = this.GetPrimaryKeyString();
        return path.Split('>', 2) switch
        {
            [""] => here,
            ["interleaved", var rest] => $"{here} {await GrainFactory.GetGrain<ITurnGrain>(rest).TravelInterleaved("")}",
            [var next, var rest] => $"{here} {await GrainFactory.GetGrain<ITurnGrain>(next).Travel(rest)}",
            [var last] => $"{here} {await GrainFactory.GetGrain<ITurnGrain>(last).Travel("")}",
            _ => here,
        };
    }

    public Task<string> TravelInterleaved(string path) => Travel(path);

    public async Task HoldThenVisit(string gate, string other)
    {
        stage.Reach(gate);
        await stage.At(gate);
        await GrainFactory.GetGrain<ITurnGrain>(other).WhoAreYou();
    }

    public Task LeaveWorkBehind()
    {
        _ = Behind();
        return Task.CompletedTask;

        async Task Behind()
        {
            await stage.At("left behind");
            stage.Note(await GrainFactory.GetGrain<ITurnGrain>(this.GetPrimaryKeyString()).Travel(""));
            stage.Reach("behind done");
        }
    }

    public Task LeaveMemory()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task CountSlowly()
    {
        for (var i = 0; i < 20; i++)
        {
            if (Interlocked.Increment(ref _inside) != 1)
            {
                stage.Note("two threads inside");
            }

            Thread.SpinWait(200);
            Interlocked.Decrement(ref _inside);
            await Task.Run(static () => Thread.SpinWait(20));
        }
    }
}
