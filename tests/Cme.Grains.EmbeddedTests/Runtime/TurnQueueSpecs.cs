using Cme.Runtime.Embedded.Simulation;

namespace Cme.Grains.EmbeddedTests.Runtime;

public sealed class TurnQueueSpecs
{
    [Fact]
    public async Task Turns_wait_for_whoever_took_them_and_run_in_the_order_that_it_chooses()
    {
        var queue = new LastInFirstOut();
        await using var test = await RuntimeUnderTest.Start(options => options.Turns = queue);
        var first = test.Grain<ITurnGrain>("turn-a").WhoAreYou();
        var second = test.Grain<ITurnGrain>("turn-b").WhoAreYou();
        first.IsCompleted.ShouldBeFalse();

        while (!second.IsCompleted)
        {
            queue.RunOne();
        }

        first.IsCompleted.ShouldBeFalse("its turns came first and are run last");
        while (queue.Any)
        {
            queue.RunOne();
        }

        first.IsCompleted.ShouldBeTrue();
    }

    private sealed class LastInFirstOut : ITurnQueue
    {
        private readonly Stack<IThreadPoolWorkItem> _turns = [];

        public bool Any => _turns.Count > 0;

        public void Add(IThreadPoolWorkItem turn) => _turns.Push(turn);

        public void RunOne() => _turns.Pop().Execute();
    }
}
