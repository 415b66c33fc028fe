using Cme.Storage;
using Orleans;

namespace Cme.Grains.Hosting;

/// <summary>
/// A grain whose database is away fails its caller in the product's own words, wherever the caller is. What Npgsql and Orleans' storage throw has no
/// form in which it crosses from one process to another: a caller would be told of a missing codec, and could not tell an outage from a fault of ours.
/// </summary>
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

/// <summary>The form in which <see cref="StorageUnavailableException"/> crosses.</summary>
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
