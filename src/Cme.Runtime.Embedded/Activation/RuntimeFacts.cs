namespace Cme.Runtime.Embedded.Activation;

/// <summary>How the runtime stands at one moment, for the health endpoint.</summary>
/// <param name="Activations">Grains in memory.</param>
/// <param name="RunningCalls">Calls under way, long polls included.</param>
/// <param name="WaitingCalls">Calls that wait for their grain's turn.</param>
/// <param name="OldestWaiting">How long the first of them has waited, on the system clock; zero if none waits.</param>
/// <param name="Reminders">Reminders held.</param>
/// <param name="TicksWaiting">Ticks due and not yet sent.</param>
/// <param name="TicksUnderWay">Ticks sent and not yet answered.</param>
public sealed record RuntimeFacts(
    int Activations, int RunningCalls, int WaitingCalls, TimeSpan OldestWaiting, int Reminders, int TicksWaiting, int TicksUnderWay)
{
    internal struct Count
    {
        public int Activations;
        public int Running;
        public int Waiting;
        public long OldestSentAt;
    }
}
