using System.Threading.Channels;
using Cme.Storage.Batching;
using Npgsql;

namespace Cme.Storage.Tests.Batching;

/// <summary>How writes are put together, seen from the batches that reach the commit. What PostgreSQL makes of them is tested with it.</summary>
public sealed class GroupCommitTests
{
    [Fact]
    public async Task What_waits_while_a_commit_is_under_way_goes_together_and_sorted()
    {
        var commits = new HeldCommits();
        await using var group = commits.Group(writers: 1);

        var first = group.AddAsync("m");
        await commits.Reached(1);
        var rest = new[] { "c", "a", "b" }.Select(group.AddAsync).ToList();
        commits.LetAllGo();
        await Task.WhenAll([first, .. rest]);

        commits.Batches.ShouldBe(["m", "a b c"]);
    }

    [Fact]
    public async Task A_batch_is_never_larger_than_it_may_be()
    {
        var commits = new HeldCommits();
        await using var group = commits.Group(writers: 1, largest: 2);

        var first = group.AddAsync("x");
        await commits.Reached(1);
        var rest = Enumerable.Range(0, 5).Select(i => group.AddAsync($"{i}")).ToList();
        commits.LetAllGo();
        await Task.WhenAll([first, .. rest]);

        commits.Batches.ShouldBe(["x", "0 1", "2 3", "4"]);
    }

    [Fact]
    public async Task A_second_write_of_a_row_waits_for_the_first_even_with_a_writer_free()
    {
        var commits = new HeldCommits();
        await using var group = commits.Group(writers: 2);

        var first = group.AddAsync("same");
        await commits.Reached(1);
        var second = group.AddAsync("same");
        var other = group.AddAsync("other");
        await commits.Reached(2);
        commits.LetAllGo();
        await Task.WhenAll(first, second, other);

        commits.Batches.ShouldBe(["same", "other", "same"]);
    }

    [Fact]
    public async Task More_than_may_wait_is_refused_at_once()
    {
        var commits = new HeldCommits();
        await using var group = commits.Group(writers: 1, capacity: 100);
        var first = group.AddAsync("first");
        await commits.Reached(1);
        var waiting = Enumerable.Range(0, 100).Select(i => group.AddAsync($"{i}")).ToList();

        await Should.ThrowAsync<StorageUnavailableException>(() => group.AddAsync("one more"));

        commits.LetAllGo();
        await Task.WhenAll([first, .. waiting]);
    }

    [Fact]
    public async Task A_commit_that_nobody_knows_the_end_of_fails_every_member_and_no_other()
    {
        var commits = new HeldCommits { Fault = batch => batch.Contains("a") ? new CommitUnknownException("lost") : null };
        await using var group = commits.Group(writers: 1);
        var first = group.AddAsync("first");
        await commits.Reached(1);
        var (a, b) = (group.AddAsync("a"), group.AddAsync("b"));
        commits.LetAllGo();

        await Should.ThrowAsync<CommitUnknownException>(() => a);
        await Should.ThrowAsync<CommitUnknownException>(() => b);
        (await first).ShouldBe("first!");
        (await group.AddAsync("later")).ShouldBe("later!");
        commits.Batches.ShouldBe(["first", "a b", "later"]);
    }

    [Fact]
    public async Task A_refused_batch_is_halved_until_the_one_at_fault_stands_alone()
    {
        var commits = new HeldCommits { Fault = batch => batch.Contains("c") ? new PostgresException("bad", "ERROR", "ERROR", "22P05") : null };
        await using var group = commits.Group(writers: 1);
        var first = group.AddAsync("first");
        await commits.Reached(1);
        var rest = new[] { "a", "b", "c", "d" }.Select(group.AddAsync).ToList();
        commits.LetAllGo();

        await Should.ThrowAsync<PostgresException>(() => rest[2]);
        (await Task.WhenAll(rest[0], rest[1], rest[3])).ShouldBe(["a!", "b!", "d!"]);
        commits.Batches.ShouldBe(["first", "a b c d", "a b", "c d", "c", "d"]);
    }

    [Fact]
    public async Task Closing_writes_what_still_waits()
    {
        var commits = new HeldCommits();
        var group = commits.Group(writers: 2);
        var all = Enumerable.Range(0, 20).Select(i => group.AddAsync($"{i % 5}")).ToList();
        commits.LetAllGo();

        await group.DisposeAsync();

        all.ShouldAllBe(one => one.IsCompletedSuccessfully);
        Should.Throw<ObjectDisposedException>(() => { _ = group.AddAsync("late"); });
    }

    // Commits that stand until the test lets them go.
    private sealed class HeldCommits
    {
        private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Channel<int> _reached = Channel.CreateUnbounded<int>();
        private int _seen;

        public Func<IReadOnlyList<string>, Exception?> Fault { get; init; } = _ => null;

        public List<string> Batches { get; } = [];

        public GroupCommit<string, string> Group(int writers, int largest = 100, int capacity = 1000) => new(
            CommitAsync, StringComparer.Ordinal, StringComparer.Ordinal,
            new GroupCommitOptions { Writers = writers, LargestBatch = largest, Capacity = capacity });

        public async Task Reached(int commits)
        {
            for (; _seen < commits; _seen++)
            {
                await _reached.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));
            }
        }

        public void LetAllGo() => _go.SetResult();

        private async Task<IReadOnlyList<string>> CommitAsync(IReadOnlyList<string> batch)
        {
            lock (Batches)
            {
                Batches.Add(string.Join(' ', batch));
            }
            _reached.Writer.TryWrite(batch.Count);
            await _go.Task;
            return Fault(batch) is { } fault ? throw fault : [.. batch.Select(one => one + "!")];
        }
    }
}
