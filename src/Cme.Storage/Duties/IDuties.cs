namespace Cme.Storage.Duties;

/// <summary>
/// Whether this process carries the duties that one process of several carries: the audit, and finishing what a process that died left behind.
/// </summary>
/// <remarks>
/// Each of them is safe to carry twice. One process is enough and keeps the audit's counts true; nothing relies on there never being two.
/// </remarks>
public interface IDuties
{
    bool AreMine { get; }
}

/// <summary>A program that is alone with its database carries them always.</summary>
public sealed class DutiesOfOne : IDuties
{
    public bool AreMine => true;
}
