using System.Collections.Immutable;
using Cme.Storage.Batching;
using Cme.Storage.Connections;
using Npgsql;
using NpgsqlTypes;

namespace Cme.Storage.Registers;

/// <summary>Keeps sheets and signals, many schools in one commit.</summary>
public sealed class RegisterStore : IRegisters, IAsyncDisposable
{
    private static readonly string Append = Sql.Beside<RegisterStore>("Append.sql");
    private static readonly string Window = Sql.Beside<RegisterStore>("Window.sql");
    private static readonly string Sheet = Sql.Beside<RegisterStore>("Sheet.sql");
    private static readonly string Undelivered = Sql.Beside<RegisterStore>("Undelivered.sql");
    private static readonly string Owing = Sql.Beside<RegisterStore>("Owing.sql");
    private static readonly string Delivered = Sql.Beside<RegisterStore>("Delivered.sql");
    private static readonly string SchoolsOwed = Sql.Beside<RegisterStore>("SchoolsOwed.sql");

    private readonly StorageDatabase _database;
    private readonly GroupCommit<RegisterAppend, bool> _appends;
    private readonly GroupCommit<Delivery, bool> _deliveries;

    public RegisterStore(StorageDatabase database, GroupCommitOptions options)
    {
        _database = database;
        var appendsOf = new BySchool<RegisterAppend>(one => new SchoolKey(one.Authority, one.Urn));
        var deliveriesTo = new BySchool<Delivery>(one => one.School);
        _appends = new(CommitAppendsAsync, appendsOf, appendsOf, options);
        _deliveries = new(CommitDeliveriesAsync, deliveriesTo, deliveriesTo, options.OneAtATime);
    }

    /// <inheritdoc/>
    public async Task<bool> AppendAsync(RegisterAppend append, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        try
        {
            return await _appends.AddAsync(append);
        }
        catch (PostgresException held) when (held.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async Task<RegisterWindow> ReadWindowAsync(
        string authority, string urn, DateOnly from, DateOnly to, CancellationToken cancel = default)
    {
        var rows = await _database.ReadAsync(
            Window,
            parameters => parameters.AddText("authority", authority).AddText("urn", urn).AddNamed("from", NpgsqlDbType.Date, from).AddNamed("to", NpgsqlDbType.Date, to),
            row => (LastSequence: row.Long("last_sequence"), Sheet: row.DayOrNull("date") is null ? null : SheetOf(row)),
            cancel);
        return new RegisterWindow { LastSequence = rows[0].LastSequence, Sheets = [.. rows.Select(row => row.Sheet).OfType<SheetRecord>()] };
    }

    /// <inheritdoc/>
    public Task<SheetRecord?> ReadAsync(
        string authority, string urn, DateOnly date, string session, int? revision = null, CancellationToken cancel = default)
    {
        var asked = new Filters(("revision", NpgsqlDbType.Integer, revision));
        return _database.ReadOneAsync(
            asked.In(Sheet),
            parameters => asked.Bind(parameters.AddText("authority", authority).AddText("urn", urn)
                .AddNamed("date", NpgsqlDbType.Date, date).AddText("session", session)),
            SheetOf,
            cancel);
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<SignalRecord>> UndeliveredAsync(string authority, string urn, CancellationToken cancel = default) =>
        _database.ReadAsync(
            Undelivered,
            parameters => parameters.AddText("authority", authority).AddText("urn", urn),
            row => new SignalRecord
            {
                Sequence = row.Long("sequence"),
                ChildId = row.Text("child_id"),
                Payload = row.Text("payload"),
                CreatedAt = row.Instant("created_at"),
            },
            cancel);

    /// <inheritdoc/>
    public Task<ImmutableArray<string>> ToldOwingAsync(string authority, string urn, CancellationToken cancel = default) =>
        _database.ReadAsync(
            Owing,
            parameters => parameters.AddText("authority", authority).AddText("urn", urn),
            row => row.Text("child_id"),
            cancel);

    /// <inheritdoc/>
    public async Task MarkDeliveredAsync(string authority, string urn, IReadOnlyList<long> sequences, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        if (sequences.Count > 0)
        {
            await _deliveries.AddAsync(new Delivery(new SchoolKey(authority, urn), sequences));
        }
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<SchoolKey>> SchoolsWithUndeliveredAsync(TimeSpan olderThan, CancellationToken cancel = default) =>
        _database.ReadAsync(
            SchoolsOwed,
            parameters => parameters.AddNamed("age", NpgsqlDbType.Interval, olderThan),
            row => new SchoolKey(row.GetString(0), row.GetString(1)),
            cancel);

    /// <summary>Writes what is waiting, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _appends.DisposeAsync();
        await _deliveries.DisposeAsync();
    }

    private async Task<IReadOnlyList<bool>> CommitAppendsAsync(IReadOnlyList<RegisterAppend> batch)
    {
        await _database.WriteAsync(Append, parameters => Bind(parameters, batch), _ => true, CancellationToken.None);
        return [.. Enumerable.Repeat(true, batch.Count)];
    }

    private async Task<IReadOnlyList<bool>> CommitDeliveriesAsync(IReadOnlyList<Delivery> batch)
    {
        await _database.WriteAsync(
            Delivered,
            parameters =>
            {
                parameters.AddTexts(batch.SelectMany(one => one.Sequences.Select(_ => one.School.Authority)));
                parameters.AddTexts(batch.SelectMany(one => one.Sequences.Select(_ => one.School.Urn)));
                parameters.AddArray(NpgsqlDbType.Bigint, batch.SelectMany(one => one.Sequences));
            },
            _ => true,
            CancellationToken.None);
        return [.. Enumerable.Repeat(true, batch.Count)];
    }

    private static void Bind(NpgsqlParameterCollection parameters, IReadOnlyList<RegisterAppend> batch)
    {
        (string Authority, string Urn, SheetRecord Sheet)[] sheets =
            [.. from one in batch where one.Sheet is not null select (one.Authority, one.Urn, one.Sheet)];
        (string Authority, string Urn, SignalRecord Signal)[] signals =
            [.. from one in batch from signal in one.Signals select (one.Authority, one.Urn, signal)];
        parameters.AddTexts(sheets.Select(one => one.Authority)).AddTexts(sheets.Select(one => one.Urn))
            .AddArray(NpgsqlDbType.Date, sheets.Select(one => one.Sheet.Date))
            .AddTexts(sheets.Select(one => one.Sheet.Session))
            .AddArray(NpgsqlDbType.Integer, sheets.Select(one => one.Sheet.Revision))
            .AddArray(NpgsqlDbType.TimestampTz, sheets.Select(one => one.Sheet.AsOf.ToUniversalTime()))
            .AddArray(NpgsqlDbType.TimestampTz, sheets.Select(one => one.Sheet.ReceivedAt.ToUniversalTime()))
            .AddArray(NpgsqlDbType.Boolean, sheets.Select(one => one.Sheet.Complete))
            .AddArray(NpgsqlDbType.Bytea, sheets.Select(one => SheetCodec.Write(one.Sheet.Marks)))
            .AddTexts(signals.Select(one => one.Authority)).AddTexts(signals.Select(one => one.Urn))
            .AddArray(NpgsqlDbType.Bigint, signals.Select(one => one.Signal.Sequence))
            .AddTexts(signals.Select(one => one.Signal.ChildId))
            .AddArray(NpgsqlDbType.Jsonb, signals.Select(one => one.Signal.Payload))
            .AddArray(NpgsqlDbType.TimestampTz, signals.Select(one => one.Signal.CreatedAt.ToUniversalTime()))
            .AddArray(NpgsqlDbType.Boolean, sheets.Select(one => one.Sheet.Confirms))
            .AddArray(NpgsqlDbType.TimestampTz, sheets.Select(one => one.Sheet.DoubtedFrom?.ToUniversalTime()))
            .AddArray(NpgsqlDbType.TimestampTz, sheets.Select(one => one.Sheet.DoubtedUntil?.ToUniversalTime()))
            .AddTexts(batch.Select(one => one.Authority)).AddTexts(batch.Select(one => one.Urn))
            .AddArray(NpgsqlDbType.TimestampTz, batch.Select(one => one.NextLookAt?.ToUniversalTime()));
    }

    private static SheetRecord SheetOf(NpgsqlDataReader row) => new()
    {
        Date = row.Day("date"),
        Session = row.Text("session"),
        Revision = row.Int("revision"),
        AsOf = row.Instant("as_of"),
        ReceivedAt = row.Instant("received_at"),
        Complete = row.Flag("complete"),
        Stored = row.GetFieldValue<byte[]>(row.GetOrdinal("payload")),
    };

    private readonly record struct Delivery(SchoolKey School, IReadOnlyList<long> Sequences);

    // A school writes one thing at a time; different schools never touch each other's rows.
    private sealed class BySchool<T>(Func<T, SchoolKey> school) : IEqualityComparer<T>, IComparer<T>
    {
        public bool Equals(T? one, T? other) => school(one!) == school(other!);

        public int GetHashCode(T item) => school(item).GetHashCode();

        public int Compare(T? one, T? other) =>
            string.CompareOrdinal(school(one!).Authority, school(other!).Authority) is not 0 and var byAuthority
                ? byAuthority
                : string.CompareOrdinal(school(one!).Urn, school(other!).Urn);
    }
}
