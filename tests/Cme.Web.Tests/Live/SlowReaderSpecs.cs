using Cme.Web.Live;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.AspNetCore.SignalR;

namespace Cme.Web.Tests.Live;

/// <summary>A reader who does not read costs a bounded number of messages, and begins anew once it reads again.</summary>
public sealed class SlowReaderSpecs
{
    private readonly List<TaskCompletionSource> _onTheWay = [];
    // The line says that one has begun anew on the thread that ended the last write, whichever that is.
    private readonly TaskCompletionSource _beginsAnew = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LiveLine _line;
    private bool _reads;

    public SlowReaderSpecs() => _line = new LiveLine("one", (_, _) =>
    {
        var written = new TaskCompletionSource();
        _onTheWay.Add(written);
        if (_reads) { written.SetResult(); }
        else if (_onTheWay.Count > LiveLine.Most) { _beginsAnew.TrySetResult(); }
        return new ValueTask(written.Task);
    });

    [Fact]
    public void A_reader_who_reads_gets_everything()
    {
        _reads = true;
        Send("desk", 1_000);
        _onTheWay.Count.ShouldBe(1_000);
    }

    [Fact]
    public void No_more_than_so_many_messages_are_on_the_way_to_a_reader_who_does_not_read()
    {
        Send("desk", 1_000);
        _onTheWay.Count.ShouldBe(LiveLine.Most);
    }

    [Fact]
    public async Task Once_it_has_read_what_was_on_the_way_it_is_told_once_to_begin_each_board_anew_that_it_missed_something_of()
    {
        Send("lead", 2);
        Send("desk", 100);
        foreach (var written in _onTheWay.ToArray()) { written.SetResult(); }
        await _beginsAnew.Task.WaitAsync(Patience, TimeProvider.System);
        Send("desk", 1);
        _onTheWay.Count.ShouldBe(LiveLine.Most + 2);
    }

    [Fact]
    public async Task A_connection_that_breaks_ends_what_was_on_the_way()
    {
        Send("desk", 1_000);
        foreach (var written in _onTheWay.ToArray()) { written.SetException(new IOException("The connection has gone.")); }
        await _beginsAnew.Task.WaitAsync(Patience, TimeProvider.System);
    }

    private static TimeSpan Patience => TimeSpan.FromMinutes(1);

    private void Send(string board, int times)
    {
        for (var at = 0; at < times; at++) { _line.Send(new SerializedHubMessage(new InvocationMessage("Changes", [at])), board); }
    }
}
