using Orleans.Runtime;

namespace Cme.Runtime.Embedded.Reminders;

/// <summary>Where grains set their reminders.</summary>
internal interface IReminderRegistry
{
    Task<IGrainReminder> RegisterOrUpdate(GrainId grain, string name, TimeSpan dueTime, TimeSpan period);

    Task Unregister(GrainId grain, string name);

    Task<IGrainReminder?> Get(GrainId grain, string name);

    Task<List<IGrainReminder>> GetAll(GrainId grain);
}
