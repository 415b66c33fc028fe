using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cme.Grains.Hosting;

/// <summary>Log lines for people at a terminal, JSON for whatever collects them. Neither holds personal data: references and codes only.</summary>
public static class Logs
{
    public static void Configure(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddFilter("Microsoft", LogLevel.Warning);
        // The framework's own lines tell paths, users' failures and antiforgery cookies; ours tell what matters.
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Error);
        logging.AddFilter("Npgsql", LogLevel.Error);
        logging.AddFilter("System.Net.Http", LogLevel.Warning);
        logging.AddFilter("Orleans", LogLevel.Warning);
        // It warns at every start that the heap is not a server's, which is our choice (Directory.Build.props).
        logging.AddFilter("Orleans.Runtime.Silo", LogLevel.Error);
        // Its first look takes the time since the machine was started for a hang.
        logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
        // It takes a demo's clock that was put forward for a timer that hung.
        logging.AddFilter("Orleans.Runtime.AsyncTimer", LogLevel.Error);
        logging.AddFilter("Polly", LogLevel.Error);
        if (Console.IsOutputRedirected)
        {
            logging.AddJsonConsole(options => { options.UseUtcTimestamp = true; options.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"; });
        }
        else
        {
            logging.AddSimpleConsole(options => { options.SingleLine = true; options.TimestampFormat = "HH:mm:ss "; });
        }
    }
}
