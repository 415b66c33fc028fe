namespace Cme.Domain.Calendars;

/// <summary>A number of school days: days on which the pupil's own school meets for pupils. Never calendar days.</summary>
/// <remarks>Source: FACTS C5, "school day".</remarks>
public readonly record struct SchoolDays(int Count)
{
    public override string ToString() => Count == 1 ? "1 school day" : $"{Count} school days";
}

/// <summary>A number of the authority's working days: Monday to Friday less bank holidays and the authority's own closures.</summary>
/// <remarks>Source: FACTS C5, "working day".</remarks>
public readonly record struct WorkingDays(int Count)
{
    public override string ToString() => Count == 1 ? "1 working day" : $"{Count} working days";
}
