using Microsoft.Extensions.Logging;

namespace Cme.Grains.Episodes;

internal sealed partial class EpisodeGrain
{
    [LoggerMessage(2001, LogLevel.Information, "{Reference}: refused with {Code}.")]
    private static partial void LogRefused(ILogger logger, string reference, string code);

    [LoggerMessage(2002, LogLevel.Warning, "{Reference}: the reminder could not be set; the auditor will find what it would have woken.")]
    private static partial void LogNotReminded(ILogger logger, Exception why, string reference);

    [LoggerMessage(2003, LogLevel.Information, "{Reference}: refolded {Count} events, the snapshot was made by fold {Fold}.")]
    private static partial void LogRefolded(ILogger logger, string reference, int count, int fold);
}
