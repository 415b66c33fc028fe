namespace Cme.Web.Hosting;

/// <summary>What waits in a list, one after the other: one that cannot be done is told of and left for the next look, and keeps none of the others waiting.</summary>
internal static partial class EachByItself
{
    /// <param name="list">What the list is called in the log, such as "referrals".</param>
    /// <param name="failed">Told of one that could not be done.</param>
    /// <param name="name">A reference that says nothing of a person.</param>
    public static async Task DoAsync<T>(IEnumerable<T> waiting, string list, Func<T, string> name, Func<T, Task> one, ILogger logger, Action? failed = null)
    {
        foreach (var item in waiting)
        {
            try
            {
                await one(item);
            }
            catch (Exception why) when (why is not OperationCanceledException)
            {
                failed?.Invoke();
                LogLeft(logger, why, name(item), list);
            }
        }
    }

    [LoggerMessage(1304, LogLevel.Warning, "{Item} of the {List} that wait could not be done; it is kept and tried again.")]
    private static partial void LogLeft(ILogger logger, Exception why, string item, string list);
}
