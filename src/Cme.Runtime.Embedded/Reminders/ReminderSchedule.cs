using Orleans.Runtime;

namespace Cme.Runtime.Embedded.Reminders;

/// <summary>A reminder in memory, with its next tick.</summary>
internal sealed class ScheduledReminder(StoredReminder stored, long order) : IGrainReminder
{
    public StoredReminder Stored { get; } = stored;

    public string ReminderName => Stored.Name;

    /// <summary>The next tick.</summary>
    public DateTimeOffset Due { get; set; } = stored.StartAt;

    /// <summary>Reminders due at one instant tick in the order in which they were set.</summary>
    public long Order { get; } = order;

    /// <summary>Chaos has put this tick off already.</summary>
    public bool PutOff { get; set; }

    /// <summary>It was set anew or deleted: a tick still on its way has lost its reason.</summary>
    public bool Superseded { get; set; }

    /// <summary>The first instant of its rhythm after <paramref name="now"/>. Ticks that were missed meanwhile are not made up for.</summary>
    public DateTimeOffset NextAfter(DateTimeOffset now)
    {
        var periods = now < Stored.StartAt ? 0 : ((now - Stored.StartAt).Ticks / Stored.Period.Ticks) + 1;
        return Stored.StartAt + (periods * Stored.Period);
    }
}

/// <summary>Every reminder, in order of its next tick. Not safe for several threads.</summary>
internal sealed class ReminderSchedule
{
    private readonly Dictionary<GrainId, List<ScheduledReminder>> _byGrain = [];
    private readonly SortedSet<ScheduledReminder> _byDue = new(Comparer<ScheduledReminder>.Create(
        static (a, b) => a.Due != b.Due ? a.Due.CompareTo(b.Due) : a.Order.CompareTo(b.Order)));

    private long _order;

    public int Count => _byDue.Count;

    /// <summary>The earliest tick, or null if there is no reminder.</summary>
    public DateTimeOffset? NextDue => _byDue.Min?.Due;

    public IReadOnlyList<ScheduledReminder> Of(GrainId grain) => _byGrain.GetValueOrDefault(grain) ?? [];

    public ScheduledReminder? Find(GrainId grain, string name) => Of(grain).FirstOrDefault(r => r.ReminderName == name);

    /// <summary>Adds a reminder in place of the one of the same grain and name.</summary>
    public ScheduledReminder Set(StoredReminder stored)
    {
        Remove(stored.Grain, stored.Name);
        var reminder = new ScheduledReminder(stored, _order++);
        if (!_byGrain.TryGetValue(stored.Grain, out var ofGrain))
        {
            _byGrain.Add(stored.Grain, ofGrain = new List<ScheduledReminder>(1));
        }

        ofGrain.Add(reminder);
        _byDue.Add(reminder);
        return reminder;
    }

    public void Remove(GrainId grain, string name)
    {
        if (Find(grain, name) is not { } reminder)
        {
            return;
        }

        reminder.Superseded = true;
        _byDue.Remove(reminder);
        _byGrain[grain].Remove(reminder);
        if (_byGrain[grain].Count == 0)
        {
            _byGrain.Remove(grain);
        }
    }

    /// <summary>Gives a reminder another next tick.</summary>
    public void PutOff(ScheduledReminder reminder, DateTimeOffset due)
    {
        _byDue.Remove(reminder);
        reminder.Due = due;
        _byDue.Add(reminder);
    }

    /// <summary>The reminder with the earliest tick, if that is due.</summary>
    public ScheduledReminder? FirstDue(DateTimeOffset now) => _byDue.Min is { } first && first.Due <= now ? first : null;
}
