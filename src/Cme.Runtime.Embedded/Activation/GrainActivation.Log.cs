using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Cme.Runtime.Embedded.Activation;

internal sealed partial class GrainActivation
{
    [LoggerMessage(4001, LogLevel.Error, "{Grain} could not be activated; the calls that waited have failed, and the next one tries anew")]
    private static partial void LogActivationFailed(ILogger logger, Exception failure, GrainId grain);

    [LoggerMessage(4002, LogLevel.Warning, "{Grain} failed while it was being deactivated; it is gone nevertheless")]
    private static partial void LogDeactivationFailed(ILogger logger, Exception failure, GrainId grain);

    [LoggerMessage(4003, LogLevel.Warning, "{Grain} did not come to {Method} in time; the caller has been told")]
    private static partial void LogTimedOut(ILogger logger, GrainId grain, string method);
}
