namespace Cme.Storage.PrivateServer;

/// <summary>The private PostgreSQL server cannot run. The message says why and what to do about it.</summary>
public sealed class PrivateServerException : Exception
{
    /// <summary>Says what is wrong and what to do about it.</summary>
    public PrivateServerException(string message) : base(message) { }

    /// <summary>Says what is wrong and what to do about it, and keeps the cause.</summary>
    public PrivateServerException(string message, Exception cause) : base(message, cause) { }
}
