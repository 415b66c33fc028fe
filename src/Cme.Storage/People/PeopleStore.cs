using System.Collections.Immutable;
using Cme.Storage.Connections;
using Npgsql;
using NpgsqlTypes;

namespace Cme.Storage.People;

/// <summary>People in PostgreSQL.</summary>
/// <remarks>Always read as the product: no reader's role may see what somebody signs in by. Who may see whom, the edge says.</remarks>
public sealed class PeopleStore(StorageDatabase database) : IPeople
{
    private static readonly string People = Sql.Beside<PeopleStore>("People.sql");
    private static readonly string Add = Sql.Beside<PeopleStore>("Add.sql");
    private static readonly string Save = Sql.Beside<PeopleStore>("Save.sql");
    private static readonly string UseStep = Sql.Beside<PeopleStore>("UseStep.sql");
    private static readonly string Passkeys = Sql.Beside<PeopleStore>("Passkeys.sql");
    private static readonly string PutPasskey = Sql.Beside<PeopleStore>("PutPasskey.sql");
    private static readonly string RemovePasskey = Sql.Beside<PeopleStore>("RemovePasskey.sql");
    private static readonly string Standings = Sql.Beside<PeopleStore>("Standings.sql");

    /// <inheritdoc/>
    public async Task<Person?> FindAsync(string id, CancellationToken cancel = default) =>
        await ReadAsync(new Filters(("id", NpgsqlDbType.Text, id)), cancel) is [var one] ? one : null;

    /// <inheritdoc/>
    public async Task<Person?> FindByKeyAsync(string key, CancellationToken cancel = default) =>
        await ReadAsync(new Filters(("key", NpgsqlDbType.Text, key)), cancel) is [var one, ..] ? one : null;

    /// <inheritdoc/>
    public Task<ImmutableArray<Person>> ListAsync(string authority, string? school = null, CancellationToken cancel = default) =>
        ReadAsync(new Filters(("authority", NpgsqlDbType.Text, authority), ("urn", NpgsqlDbType.Text, school)), cancel);

    /// <inheritdoc/>
    public async Task<bool> AnyAsync(string role, CancellationToken cancel = default) =>
        !(await ReadAsync(new Filters(("role", NpgsqlDbType.Text, role)), cancel)).IsEmpty;

    /// <inheritdoc/>
    public async Task<bool> AddAsync(Person person, CancellationToken cancel = default)
    {
        var stored = await database.WriteAsync(
            Add, parameters => Bind(parameters, person).AddNamed("created_at", NpgsqlDbType.TimestampTz, person.CreatedAt), row => row.GetInt32(0), cancel);
        if (stored is not [var version]) { return false; }
        person.Version = version;
        return true;
    }

    /// <inheritdoc/>
    public async Task<bool> SaveAsync(Person person, CancellationToken cancel = default)
    {
        var stored = await database.WriteAsync(
            Save,
            parameters => Bind(parameters, person).AddNamed("version", NpgsqlDbType.Integer, person.Version)
                .AddNamed("ended_at", NpgsqlDbType.TimestampTz, person.EndedAt),
            row => row.GetInt32(0), cancel);
        if (stored is not [var version]) { return false; }
        person.Version = version;
        return true;
    }

    /// <inheritdoc/>
    public async Task<bool> UseStepAsync(string id, long step, CancellationToken cancel = default) =>
        !(await database.WriteAsync(
            UseStep, parameters => parameters.AddText("id", id).AddNamed("step", NpgsqlDbType.Bigint, step), row => row.GetInt64(0), cancel)).IsEmpty;

    /// <inheritdoc/>
    public Task PutPasskeyAsync(PasskeyRecord passkey, CancellationToken cancel = default) => database.WriteAsync(
        PutPasskey,
        parameters => parameters.AddNamed("credential_id", NpgsqlDbType.Bytea, passkey.CredentialId).AddText("person", passkey.Person)
            .AddNamed("body", NpgsqlDbType.Jsonb, passkey.Body).AddNamed("created_at", NpgsqlDbType.TimestampTz, passkey.CreatedAt.ToUniversalTime()),
        row => row.GetString(0), cancel);

    /// <inheritdoc/>
    public Task<ImmutableArray<PasskeyRecord>> PasskeysAsync(string person, CancellationToken cancel = default) =>
        PasskeysAsync(new Filters(("person", NpgsqlDbType.Text, person)), cancel);

    /// <inheritdoc/>
    public async Task<PasskeyRecord?> FindPasskeyAsync(byte[] credentialId, CancellationToken cancel = default) =>
        await PasskeysAsync(new Filters(("credential_id", NpgsqlDbType.Bytea, credentialId)), cancel) is [var one] ? one : null;

    /// <inheritdoc/>
    public Task RemovePasskeyAsync(string person, byte[] credentialId, CancellationToken cancel = default) => database.WriteAsync(
        RemovePasskey, parameters => parameters.AddNamed("credential_id", NpgsqlDbType.Bytea, credentialId).AddText("person", person),
        row => row.GetString(0), cancel);

    /// <inheritdoc/>
    public Task<ImmutableArray<Standing>> StandingsAsync(IReadOnlyCollection<string> ids, CancellationToken cancel = default) => database.ReadOwnAsync(
        Standings, parameters => parameters.AddNamed("ids", NpgsqlDbType.Array | NpgsqlDbType.Text, ids.ToArray()),
        row => new Standing(row.Text("id"), row.Text("security_stamp"), row.Flag("ended")), cancel);

    private Task<ImmutableArray<Person>> ReadAsync(Filters asked, CancellationToken cancel) =>
        database.ReadOwnAsync(asked.In(People), asked.Bind, PersonOf, cancel);

    private Task<ImmutableArray<PasskeyRecord>> PasskeysAsync(Filters asked, CancellationToken cancel) => database.ReadOwnAsync(
        asked.In(Passkeys), asked.Bind,
        row => new PasskeyRecord(row.Text("person"), row.Bytes("credential_id")!, row.Text("body"), row.Instant("created_at")), cancel);

    private static NpgsqlParameterCollection Bind(NpgsqlParameterCollection parameters, Person person) => parameters
        .AddText("id", person.Id).AddText("authority", person.Authority).AddText("urn", person.School).AddText("role", person.Role)
        .AddText("name", person.Name).AddText("email", person.Email).AddText("email_key", person.EmailKey).AddText("user_key", person.UserKey)
        .AddText("password_hash", person.PasswordHash).AddText("security_stamp", person.SecurityStamp)
        .AddNamed("authenticator", NpgsqlDbType.Bytea, person.Authenticator).AddNamed("two_factor", NpgsqlDbType.Boolean, person.TwoFactor)
        .AddNamed("recovery_codes", NpgsqlDbType.Bytea, person.RecoveryCodes);

    private static Person PersonOf(NpgsqlDataReader row) => new()
    {
        Id = row.Text("id"),
        Authority = row.Text("authority"),
        School = row.TextOrNull("urn"),
        Role = row.Text("role"),
        Name = row.Text("name"),
        Email = row.Text("email"),
        EmailKey = row.Text("email_key"),
        UserKey = row.Text("user_key"),
        PasswordHash = row.TextOrNull("password_hash"),
        SecurityStamp = row.Text("security_stamp"),
        Authenticator = row.Bytes("authenticator"),
        TwoFactor = row.Flag("two_factor"),
        RecoveryCodes = row.Bytes("recovery_codes"),
        CreatedAt = row.Instant("created_at"),
        EndedAt = row.InstantOrNull("ended_at"),
        Version = row.Int("version"),
        Passkeys = row.Int("passkeys"),
    };
}
