namespace Cme.Storage.Duties;

/// <summary>The cluster of this database runs another build than this program. The message says which, and what to do.</summary>
public sealed class OtherBuildException(string message) : Exception(message);
