namespace Cme.Contracts;

/// <summary>
/// Marks a call that comes to the same if it is carried out twice. Only such a call is sent again when a silo was lost before it answered: that
/// nobody answered does not mean that nothing was done.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SafeToRepeatAttribute : Attribute;

/// <summary>What a call says of itself, where that decides whether it may be repeated.</summary>
public interface ITellsRepeats
{
    /// <summary>Whether carrying it out twice comes to the same: it is recognised by its sending, or presumes nothing that it changes itself.</summary>
    bool IsSafeToRepeat { get; }
}
