using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Npgsql;

namespace Cme.Storage.Connections;

/// <summary>
/// Runs statements and says in the product's own words what went wrong: <see cref="StorageUnavailableException"/> when nothing can
/// have happened, <see cref="CommitUnknownException"/> when nobody can know. A <see cref="PostgresException"/> is our own mistake.
/// </summary>
public sealed class StorageDatabase(NpgsqlDataSource source, StorageHealth health, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan Rested = TimeSpan.FromSeconds(1);

    // More than all group writers use at once. What a burst of other writes opened goes back to the pool: kept, it would leave none to read with.
    private const int MostKept = 12;

    // Together fewer than the pool has. A burst waits here, in its turn, and is not taken for a PostgreSQL that cannot be reached.
    private const int MostReading = 16;
    private const int MostWriting = 14;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private const string ScopeOfReader = "select set_config('role', $1, true), set_config('cme.authority', $2, true), "
        + "set_config('cme.school', $3, true), set_config('cme.person', $4, true), set_config('cme.layers', $5, true)";

    // The writers' own connections, the last used on top: a few sessions then hold the large plans of the state function.
    private ConcurrentStack<Kept> _kept = new();
    private SemaphoreSlim _reading = new(MostReading), _writing = new(MostWriting);
    private bool _heedsReaders = true;

    /// <summary>
    /// The same database, read on the product's own behalf whoever is asking: for what is no record of any child, such as the accounts that
    /// sign people in. Its stores hold to their caller's organisation by themselves.
    /// </summary>
    public StorageDatabase OfTheProduct => new(source, health, clock)
    {
        _heedsReaders = false, _kept = _kept, _reading = _reading, _writing = _writing,
    };

    /// <summary>Whether PostgreSQL can be reached.</summary>
    public StorageHealth Health => health;

    /// <summary>
    /// Asks for rows, within what the <see cref="Reader.Current"/> reader may see. A connection that had gone stale is replaced once, unseen.
    /// </summary>
    internal async Task<ImmutableArray<T>> ReadAsync<T>(
        string sql, Action<NpgsqlParameterCollection> bind, Func<NpgsqlDataReader, T> row, CancellationToken cancel)
    {
        try
        {
            return await ReadOnceAsync(sql, bind, row, cancel);
        }
        catch (NpgsqlException stale) when (IsLost(stale) && stale.InnerException is not TimeoutException)
        {
            try
            {
                return await ReadOnceAsync(sql, bind, row, cancel);
            }
            catch (NpgsqlException lost) when (IsLost(lost))
            {
                throw Unavailable(lost);
            }
        }
        catch (NpgsqlException lost) when (IsLost(lost))
        {
            throw Unavailable(lost);
        }
    }

    /// <summary>Asks for rows as the product itself, whoever is reading: what no reader's role may see.</summary>
    internal async Task<ImmutableArray<T>> ReadOwnAsync<T>(
        string sql, Action<NpgsqlParameterCollection> bind, Func<NpgsqlDataReader, T> row, CancellationToken cancel)
    {
        using (Reader.AsTheProduct()) { return await ReadAsync(sql, bind, row, cancel); }
    }

    /// <summary>Asks for the first row, or null.</summary>
    internal async Task<T?> ReadOneAsync<T>(
        string sql, Action<NpgsqlParameterCollection> bind, Func<NpgsqlDataReader, T> row, CancellationToken cancel)
        where T : class =>
        await ReadAsync(sql, bind, row, cancel) is [var first, ..] ? first : null;

    /// <summary>Runs one statement that changes rows, and answers those it returns. It is a transaction of its own.</summary>
    internal async Task<ImmutableArray<T>> WriteAsync<T>(
        string sql, Action<NpgsqlParameterCollection> bind, Func<NpgsqlDataReader, T> row, CancellationToken cancel)
    {
        using var turn = await TurnAsync(_writing, cancel);
        var connection = await TakeAsync(cancel);
        try
        {
            // From here on the statement may have been carried out, so the caller's wish to leave comes too late.
            return await UnlessRefusedAsync(connection, RowsAsync(connection, sql, bind, row, CancellationToken.None));
        }
        catch (NpgsqlException lost) when (IsLost(lost))
        {
            if (lost.InnerException is TimeoutException)
            {
                health.Lost();
            }
            throw new CommitUnknownException("The connection to PostgreSQL was lost during a commit: only the database knows whether it landed.", lost);
        }
        finally
        {
            await GiveBackAsync(connection);
        }
    }

    /// <summary>
    /// Runs a statement that adds a row or finds the one that is there already. Where somebody else added it while the statement waited for them, the
    /// statement sees neither: it looks at the rows of when it began. Run again it finds theirs.
    /// </summary>
    internal async Task<T> AddOrFindAsync<T>(
        string sql, Action<NpgsqlParameterCollection> bind, Func<NpgsqlDataReader, T> row, CancellationToken cancel) =>
        await WriteAsync(sql, bind, row, cancel) is [var one, ..] ? one : (await WriteAsync(sql, bind, row, cancel))[0];

    /// <summary>Closes the writers' connections. The data source is its owner's to close.</summary>
    public async ValueTask DisposeAsync()
    {
        while (_kept.TryPop(out var kept))
        {
            await kept.Connection.DisposeAsync();
        }
        _reading.Dispose();
        _writing.Dispose();
    }

    private static async Task<Turn> TurnAsync(SemaphoreSlim gate, CancellationToken cancel) => await gate.WaitAsync(Patience, cancel)
        ? new Turn(gate)
        : throw new StorageUnavailableException("PostgreSQL does not keep up with what is asked of it. Nothing was stored; try again shortly.");

    private static async Task<ImmutableArray<T>> RowsAsync<T>(
        NpgsqlConnection connection, string sql, Action<NpgsqlParameterCollection> bind, Func<NpgsqlDataReader, T> row, CancellationToken cancel)
    {
#pragma warning disable CA2100 // Every text is a file or a constant of this program.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        bind(command.Parameters);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await RowsAsync(reader, row, cancel);
    }

    private static async Task<ImmutableArray<T>> RowsAsync<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> row, CancellationToken cancel)
    {
        var rows = ImmutableArray.CreateBuilder<T>();
        while (await reader.ReadAsync(cancel))
        {
            rows.Add(row(reader));
        }
        return rows.DrainToImmutable();
    }

    // What the reader may see goes ahead of the question in the same round trip. A batch is one transaction, and the settings end with it.
    private static async Task<ImmutableArray<T>> RowsForAsync<T>(
        Reader who, NpgsqlConnection connection, string sql, Action<NpgsqlParameterCollection> bind, Func<NpgsqlDataReader, T> row, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection);
        var scope = new NpgsqlBatchCommand(ScopeOfReader);
        scope.Parameters.AddText(who.Role).AddText(who.Authority).AddText(who.School ?? "").AddText(who.Person)
            .AddText(who.Layers.ToString(CultureInfo.InvariantCulture));
        // A text of its own: a plan that the product made for itself would be made anew at every change of role.
        var question = new NpgsqlBatchCommand("/* for a reader */ " + sql);
        bind(question.Parameters);
        batch.BatchCommands.Add(scope);
        batch.BatchCommands.Add(question);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        return await RowsAsync(reader, row, cancel);
    }

    // Lost as opposed to refused: the server went away, is going, or did not answer in time.
    private static bool IsLost(NpgsqlException exception) =>
        exception is not PostgresException refused || refused.SqlState is "57P01" or "57P02" or "57P03" or "53300";

    private async Task<ImmutableArray<T>> ReadOnceAsync<T>(
        string sql, Action<NpgsqlParameterCollection> bind, Func<NpgsqlDataReader, T> row, CancellationToken cancel)
    {
        using var turn = await TurnAsync(_reading, cancel);
        await using var connection = await OpenAsync(cancel);
        return await UnlessRefusedAsync(connection, _heedsReaders && Reader.Current is { } who
            ? RowsForAsync(who, connection, sql, bind, row, cancel)
            : RowsAsync(connection, sql, bind, row, cancel));
    }

    /// <summary>
    /// A statement that was refused by its values while Npgsql prepared it stays with it as prepared, but without what it answers: every
    /// later answer of it on that session would be unreadable. So the session forgets what it has prepared.
    /// </summary>
    private static async Task<T> UnlessRefusedAsync<T>(NpgsqlConnection connection, Task<T> asked)
    {
        try
        {
            return await asked;
        }
        catch (PostgresException refused) when (!IsLost(refused))
        {
            await ForgetPreparedAsync(connection);
            throw;
        }
    }

    private static async Task ForgetPreparedAsync(NpgsqlConnection connection)
    {
        if (connection.FullState != System.Data.ConnectionState.Open) { return; }
        try
        {
            connection.UnprepareAll();
        }
        catch (NpgsqlException)
        {
            await connection.CloseAsync();                           // Lost meanwhile. What was refused is what its caller must hear of.
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancel)
    {
        health.ThrowIfAway();
        try
        {
            var connection = await source.OpenConnectionAsync(cancel);
            health.Reached();
            return connection;
        }
        catch (NpgsqlException unreachable)
        {
            throw Unavailable(unreachable);
        }
    }

    private StorageUnavailableException Unavailable(NpgsqlException cause)
    {
        health.Lost();
        return new StorageUnavailableException("PostgreSQL cannot be reached. Nothing was stored; try again shortly.", cause);
    }

    private async Task<NpgsqlConnection> TakeAsync(CancellationToken cancel)
    {
        while (_kept.TryPop(out var kept))
        {
            if (clock.GetElapsedTime(kept.Since) < Rested || await AnswersAsync(kept.Connection, cancel))
            {
                return kept.Connection;
            }
            await kept.Connection.DisposeAsync();
        }
        return await OpenAsync(cancel);
    }

    // A connection that has rested is asked first. Were it stale, a commit that never began would be reported as unknown.
    private static async Task<bool> AnswersAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        try
        {
            await using var command = new NpgsqlCommand("select 1", connection);
            await command.ExecuteNonQueryAsync(cancel);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private async ValueTask GiveBackAsync(NpgsqlConnection connection)
    {
        if (connection.FullState == System.Data.ConnectionState.Open && _kept.Count < MostKept)
        {
            _kept.Push(new Kept(connection, clock.GetTimestamp()));
        }
        else
        {
            await connection.DisposeAsync();
        }
    }

    private readonly struct Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }

    private readonly record struct Kept(NpgsqlConnection Connection, long Since);
}
