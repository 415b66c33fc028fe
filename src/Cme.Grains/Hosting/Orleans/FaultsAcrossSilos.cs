using Cme.Storage;
using Npgsql;
using Orleans;

namespace Cme.Grains.Hosting;

/// <summary>A grain whose database is away fails its caller in the product's own words, wherever the caller is.</summary>
internal sealed class FaultsAcrossSilos : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (Exception failure) when (failure is not (StorageUnavailableException or CommitUnknownException) && StorageFaults.IsAway(failure))
        {
            // Orleans' storage does not say whether the write had been sent.
            throw new CommitUnknownException("The connection to PostgreSQL was lost: only the database knows whether what was asked for landed.");
        }
    }
}

/// <summary>
/// The form in which <see cref="StorageUnavailableException"/> crosses. Without forms of their own a caller in another process would be told of a
/// missing codec, and could not tell an outage from a fault of ours.
/// </summary>
[GenerateSerializer]
[Alias("Cme.Grains.StorageUnavailable")]
internal struct StorageUnavailableForm
{
    [Id(0)] public string Message { get; set; }
}

[RegisterConverter]
internal sealed class StorageUnavailableConverter : IConverter<StorageUnavailableException, StorageUnavailableForm>
{
    public StorageUnavailableException ConvertFromSurrogate(in StorageUnavailableForm surrogate) => new(surrogate.Message);

    public StorageUnavailableForm ConvertToSurrogate(in StorageUnavailableException value) => new() { Message = value.Message };
}

/// <summary>The form in which <see cref="CommitUnknownException"/> crosses.</summary>
[GenerateSerializer]
[Alias("Cme.Grains.CommitUnknown")]
internal struct CommitUnknownForm
{
    [Id(0)] public string Message { get; set; }
}

[RegisterConverter]
internal sealed class CommitUnknownConverter : IConverter<CommitUnknownException, CommitUnknownForm>
{
    public CommitUnknownException ConvertFromSurrogate(in CommitUnknownForm surrogate) => new(surrogate.Message);

    public CommitUnknownForm ConvertToSurrogate(in CommitUnknownException value) => new() { Message = value.Message };
}

/// <summary>The form in which <see cref="NpgsqlException"/> crosses: a grain that could not be read is refused before any filter is asked.</summary>
[GenerateSerializer]
[Alias("Cme.Grains.Npgsql")]
internal struct NpgsqlForm
{
    [Id(0)] public string Message { get; set; }
}

[RegisterConverter]
internal sealed class NpgsqlConverter : IConverter<NpgsqlException, NpgsqlForm>
{
    public NpgsqlException ConvertFromSurrogate(in NpgsqlForm surrogate) => new(surrogate.Message);

    public NpgsqlForm ConvertToSurrogate(in NpgsqlException value) => new() { Message = value.Message };
}

/// <summary>The form in which <see cref="PostgresException"/> crosses. Its details may quote a row, and stay where they are.</summary>
[GenerateSerializer]
[Alias("Cme.Grains.Postgres")]
internal struct PostgresForm
{
    [Id(0)] public string Message { get; set; }

    [Id(1)] public string Severity { get; set; }

    [Id(2)] public string SqlState { get; set; }
}

[RegisterConverter]
internal sealed class PostgresConverter : IConverter<PostgresException, PostgresForm>
{
    public PostgresException ConvertFromSurrogate(in PostgresForm surrogate) => new(surrogate.Message, surrogate.Severity, surrogate.Severity, surrogate.SqlState);

    public PostgresForm ConvertToSurrogate(in PostgresException value) => new() { Message = value.MessageText, Severity = value.Severity, SqlState = value.SqlState };
}
