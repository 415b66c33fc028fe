using System.Collections.Immutable;
using Cme.Domain.Children;
using Cme.Storage.Connections;
using Npgsql;
using NpgsqlTypes;

namespace Cme.Storage.Referrals;

/// <summary>Referrals in PostgreSQL.</summary>
public sealed class ReferralStore(StorageDatabase database) : IReferrals
{
    private static readonly string Match = Sql.Beside<ReferralStore>("Match.sql");
    private static readonly string OpenEpisode = Sql.Beside<ReferralStore>("OpenEpisode.sql");
    private static readonly string Add = Sql.Beside<ReferralStore>("Add.sql");
    private static readonly string Joined = Sql.Beside<ReferralStore>("Joined.sql");
    private static readonly string List = Sql.Beside<ReferralStore>("List.sql");
    private static readonly string Waiting = Sql.Beside<ReferralStore>("Waiting.sql");
    private static readonly string Matched = Sql.Beside<ReferralStore>("Matched.sql");
    private static readonly string Unknown = Sql.Beside<ReferralStore>("Unknown.sql");
    private static readonly string Unjoined = Sql.Beside<ReferralStore>("Unjoined.sql");

    /// <inheritdoc/>
    public async Task<ReferralRecord> AddAsync(ReferralRecord referral, Recognition child, CancellationToken cancel = default)
    {
        // Whoever refers a child may know less of the child than is needed to recognise it; nothing of this is answered.
        using var everybody = Reader.AsTheProduct();
        var found = await MatchAsync(referral.Authority, child, cancel);
        var episode = found is { } known ? await EpisodeAsync(referral, known.Child, cancel) : null;
        return await database.AddOrFindAsync(
            Add,
            parameters => parameters.AddText("reference", referral.Reference).AddText("authority", referral.Authority)
                .AddText("organisation", referral.Organisation).AddText("sending", referral.Sending).AddText("kind", referral.Kind)
                .AddNamed("receivedAt", NpgsqlDbType.TimestampTz, referral.ReceivedAt.ToUniversalTime()).AddText("recordedBy", referral.RecordedBy)
                .AddNamed("body", NpgsqlDbType.Bytea, referral.Body).AddText("child", found?.Child).AddText("matchedBy", found?.By)
                .AddText("episode", episode),
            RecordOf,
            cancel);
    }

    /// <inheritdoc/>
    public Task JoinedAsync(string reference, string? episode, DateTimeOffset at, CancellationToken cancel = default) => database.WriteAsync(
        Joined,
        parameters => parameters.AddText("reference", reference).AddText("episode", episode).AddNamed("at", NpgsqlDbType.TimestampTz, at.ToUniversalTime()),
        row => row.GetString(0),
        cancel);

    /// <inheritdoc/>
    public async Task<ReferralRecord?> GetAsync(string authority, string? organisation, string reference, CancellationToken cancel = default) =>
        await ReadAsync(authority, new(("organisation", NpgsqlDbType.Text, organisation), ("reference", NpgsqlDbType.Text, reference)), 1, cancel) is [var one]
            ? one : null;

    /// <inheritdoc/>
    public Task<ImmutableArray<ReferralRecord>> ListAsync(
        string authority, string? organisation, bool unmatched, (DateTimeOffset ReceivedAt, string Reference)? before, int limit,
        CancellationToken cancel = default) =>
        ReadAsync(
            authority,
            new(
                ("organisation", NpgsqlDbType.Text, organisation), ("unmatched", NpgsqlDbType.Boolean, unmatched ? true : null),
                ("before", NpgsqlDbType.TimestampTz, before?.ReceivedAt.ToUniversalTime()), ("beforeReference", NpgsqlDbType.Text, before?.Reference)),
            limit, cancel);

    /// <inheritdoc/>
    public Task<ImmutableArray<ReferralRecord>> OfChildAsync(string authority, string child, int limit, CancellationToken cancel = default) =>
        ReadAsync(authority, new(("child", NpgsqlDbType.Text, child)), limit, cancel);

    /// <inheritdoc/>
    public async Task<int> WaitingAsync(string authority, CancellationToken cancel = default) =>
        (int)(await database.ReadAsync(Waiting, parameters => parameters.AddText("authority", authority), row => row.GetInt64(0), cancel))[0];

    /// <inheritdoc/>
    public async Task<ReferralRecord?> MatchAsync(
        string authority, string reference, string child, string by, DateTimeOffset at, CancellationToken cancel = default)
    {
        if (await GetAsync(authority, null, reference, cancel) is not { ChildId: null } waiting) { return null; }
        var episode = await EpisodeAsync(waiting, child, cancel);
        return await database.WriteAsync(
            Matched,
            parameters => Decision(parameters, authority, reference, by, at).AddText("child", child).AddText("episode", episode),
            RecordOf,
            cancel) is [var matched] ? matched : null;
    }

    /// <inheritdoc/>
    public Task UnknownAsync(string authority, string reference, string by, DateTimeOffset at, CancellationToken cancel = default) =>
        database.WriteAsync(Unknown, parameters => Decision(parameters, authority, reference, by, at), row => row.GetString(0), cancel);

    private static NpgsqlParameterCollection Decision(
        NpgsqlParameterCollection parameters, string authority, string reference, string by, DateTimeOffset at) =>
        parameters.AddText("authority", authority).AddText("reference", reference).AddText("by", by)
            .AddNamed("at", NpgsqlDbType.TimestampTz, at.ToUniversalTime());

    /// <inheritdoc/>
    public Task<ImmutableArray<ReferralRecord>> UnjoinedAsync(CancellationToken cancel = default) => database.ReadAsync(
        Unjoined, _ => { },
        row => new ReferralRecord
        {
            Reference = row.Text("reference"), Episode = row.Text("episode"), Kind = row.Text("kind"), RecordedBy = row.Text("recorded_by"),
        },
        cancel);

    /// <summary>The one child whom it is about. Two who both could be are for a person to tell apart.</summary>
    private async Task<(string Child, string By)?> MatchAsync(string authority, Recognition child, CancellationToken cancel)
    {
        var found = await database.ReadAsync(
            Match,
            parameters => parameters.AddText("authority", authority).AddText("upn", child.Upn).AddNamed("born", NpgsqlDbType.Date, child.Born)
                .AddText("forename", child.Forename).AddText("surname", child.Surname),
            row => (Child: row.GetString(0), By: row.GetString(1)),
            cancel);
        var best = found.Any(one => one.By == "upn") ? [.. found.Where(one => one.By == "upn")] : found;
        return best is [var one] ? one : null;
    }

    private Task<string?> EpisodeAsync(ReferralRecord referral, string child, CancellationToken cancel) => database.ReadOneAsync(
        OpenEpisode,
        parameters => parameters.AddText("authority", referral.Authority).AddText("child", child).AddText("kind", referral.Kind)
            .AddText("organisation", referral.Organisation),
        row => row.GetString(0),
        cancel);

    private Task<ImmutableArray<ReferralRecord>> ReadAsync(string authority, Filters asked, int limit, CancellationToken cancel) => database.ReadAsync(
        asked.In(List),
        parameters => asked.Bind(parameters.AddText("authority", authority).AddNamed("limit", NpgsqlDbType.Integer, limit)
            .AddNamed("hiding", NpgsqlDbType.Array | NpgsqlDbType.Text, Flags.HidingAddress.ToArray())),
        row => RecordOf(row) with { EpisodeUrn = row.TextOrNull("episode_urn"), AddressHidden = row.Flag("address_hidden") },
        cancel);

    private static ReferralRecord RecordOf(NpgsqlDataReader row) => new()
    {
        Reference = row.Text("reference"),
        Authority = row.Text("authority"),
        Organisation = row.Text("organisation"),
        Sending = row.TextOrNull("sending"),
        Kind = row.Text("kind"),
        ReceivedAt = row.Instant("received_at"),
        RecordedBy = row.Text("recorded_by"),
        Body = row.GetFieldValue<byte[]>(row.GetOrdinal("body")),
        ChildId = row.TextOrNull("child_id"),
        MatchedBy = row.TextOrNull("matched_by"),
        Episode = row.TextOrNull("episode"),
        JoinedAt = row.InstantOrNull("joined_at"),
        DecidedBy = row.TextOrNull("decided_by"),
        DecidedAt = row.InstantOrNull("decided_at"),
    };
}
