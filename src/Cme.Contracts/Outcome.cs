using System.Collections.Immutable;
using Orleans;
using Orleans.Concurrency;

namespace Cme.Contracts;

/// <summary>What a grain answers to a command: done, or the domain's ordinary no.</summary>
[GenerateSerializer, Immutable, Alias("cme.Outcome")]
public sealed record Outcome
{
    /// <summary>The stable code of the refusal, such as <c>outcome-not-allowed</c>; null when the command was carried out.</summary>
    [Id(0)] public string? RefusalCode { get; init; }

    /// <summary>What was wrong and what to do about it, in words for the person who asked.</summary>
    [Id(1)] public string? RefusalMessage { get; init; }

    /// <summary>The version of the record after the command, or as it stands when refused.</summary>
    [Id(2)] public long Version { get; init; }

    /// <summary>The types of the events that the command added, oldest first. Empty says "fine, nothing new".</summary>
    [Id(3)] public ImmutableArray<string> Events { get; init; } = [];

    /// <summary>What may be sent instead of what was refused, where there is a list of it.</summary>
    [Id(4)] public ImmutableArray<string> Allowed { get; init; } = [];

    public static Outcome Done(long version, ImmutableArray<string> events) => new() { Version = version, Events = events };

    public static Outcome Refused(string code, string message, long version = 0) =>
        new() { RefusalCode = code, RefusalMessage = message, Version = version };
}
