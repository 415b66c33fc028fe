using System.Diagnostics.Metrics;
using Cme.Storage.Measures;
using Cme.Web.Security;

namespace Cme.Web.Measures;

/// <summary>What the edge counts. What each means, and what to do about it: docs/operations.md.</summary>
public static class WebMeasures
{
    public static readonly Meter Meter = new("Cme.Web");

    internal static readonly Tally<Taken> Registers = new(
        Meter, "cme.registers", "{register}", "Registers and corrections that schools' systems sent, by what became of them", "outcome");

    internal static readonly Tally<Delivery> FailedDeliveries = new(
        Meter, "cme.deliveries.failed", "{delivery}", "Deliveries of what was stored to its episode or child that failed; they are tried again", "list");

    internal static readonly Tally<BoardKind> SlowReaders = new(
        Meter, "cme.boards.slow", "{reader}", "Times that a reader of live boards could not keep up, was sent nothing more, and then had to begin anew", "board");

    internal static readonly Tally<Tick> Ticks = new(
        Meter, "cme.reminders.woken", "{tick}", "Reminders given by the service itself because their tick was missed or a demo's clock was moved", "outcome");

    internal enum Taken
    {
        Accepted,

        /// <summary>Good marks were kept, and bad ones told of.</summary>
        Partly,
        Refused,

        /// <summary>Not our caller's fault: the database or a silo was away, or we are wrong.</summary>
        Failed,
    }

    internal enum Delivery
    {
        Referrals,
        Concerns,

        /// <summary>Of registers.</summary>
        Signals,
    }

    internal enum Tick
    {
        Woken,
        Failed,
    }
}
