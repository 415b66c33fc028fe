namespace Cme.Storage.Migrations;

/// <summary>The database cannot be brought to the shape this program needs. The message says why and what to do about it.</summary>
public sealed class MigrationException : Exception
{
    /// <summary>Says what is wrong and what to do about it.</summary>
    public MigrationException(string message) : base(message) { }

    /// <summary>Says what is wrong and what to do about it, and keeps the cause.</summary>
    public MigrationException(string message, Exception cause) : base(message, cause) { }
}
