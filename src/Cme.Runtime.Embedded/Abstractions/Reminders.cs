using Orleans.Runtime;

namespace Orleans
{
    /// <summary>A grain that can be reminded.</summary>
    public interface IRemindable : IGrain
    {
        /// <summary>A reminder's tick. It may come late, twice or not at all.</summary>
        Task ReceiveReminder(string reminderName, TickStatus status);
    }

    /// <summary>What a grain can do with its own reminders.</summary>
    public static class GrainReminderExtensions
    {
        /// <summary>Sets a reminder, replacing the one of the same name. Durable once this returns; it survives a restart.</summary>
        /// <param name="grain">The grain itself, which implements <see cref="IRemindable"/>.</param>
        /// <param name="reminderName">Its name within the grain.</param>
        /// <param name="dueTime">From now, on the business clock, to the first tick; zero or more.</param>
        /// <param name="period">Between later ticks; a minute or more unless configured.</param>
        /// <exception cref="ArgumentException">The period is shorter than the minimum, or an argument is empty or negative.</exception>
        /// <exception cref="InvalidOperationException">The grain does not implement <see cref="IRemindable"/>.</exception>
        public static Task<IGrainReminder> RegisterOrUpdateReminder(
            this Grain grain, string reminderName, TimeSpan dueTime, TimeSpan period)
        {
            ArgumentNullException.ThrowIfNull(grain);
            ThrowIfEmpty(reminderName);
            return grain is IRemindable
                ? grain.Context.Reminders.RegisterOrUpdate(grain.Context.GrainId, reminderName, dueTime, period)
                : throw new InvalidOperationException(
                    $"Grain {grain.Context.GrainId} is not '{nameof(IRemindable)}'. A grain should implement {nameof(IRemindable)} to use the persistent reminder service");
        }

        /// <summary>Deletes a reminder. A tick already on its way may still arrive.</summary>
        public static Task UnregisterReminder(this Grain grain, IGrainReminder reminder)
        {
            ArgumentNullException.ThrowIfNull(grain);
            ArgumentNullException.ThrowIfNull(reminder);
            return grain.Context.Reminders.Unregister(grain.Context.GrainId, reminder.ReminderName);
        }

        /// <summary>The reminder of this name, or null.</summary>
        public static Task<IGrainReminder?> GetReminder(this Grain grain, string reminderName)
        {
            ArgumentNullException.ThrowIfNull(grain);
            ThrowIfEmpty(reminderName);
            return grain.Context.Reminders.Get(grain.Context.GrainId, reminderName);
        }

        /// <summary>Every reminder of this grain.</summary>
        public static Task<List<IGrainReminder>> GetReminders(this Grain grain)
        {
            ArgumentNullException.ThrowIfNull(grain);
            return grain.Context.Reminders.GetAll(grain.Context.GrainId);
        }

        // An empty name is an ArgumentNullException in Orleans, too.
        private static void ThrowIfEmpty(string reminderName)
        {
            if (string.IsNullOrWhiteSpace(reminderName))
            {
                throw new ArgumentNullException(nameof(reminderName));
            }
        }
    }
}

namespace Orleans.Runtime
{
    /// <summary>A reminder that was set.</summary>
    public interface IGrainReminder
    {
        /// <summary>Its name within the grain.</summary>
        string ReminderName { get; }
    }

    /// <summary>When a reminder started and when it ticks. Times are UTC, on the business clock.</summary>
    [GenerateSerializer, Immutable]
    public readonly struct TickStatus
    {
        /// <summary>A tick's times.</summary>
        public TickStatus(DateTime firstTickTime, TimeSpan period, DateTime timeStamp) =>
            (FirstTickTime, Period, CurrentTickTime) = (firstTickTime, period, timeStamp);

        /// <summary>When the first tick was due.</summary>
        [Id(0)] public DateTime FirstTickTime { get; }

        /// <summary>Between ticks.</summary>
        [Id(1)] public TimeSpan Period { get; }

        /// <summary>When this tick was sent.</summary>
        [Id(2)] public DateTime CurrentTickTime { get; }

        /// <inheritdoc/>
        public override string ToString() => $"<{FirstTickTime}, {Period}, {CurrentTickTime}>";
    }
}
