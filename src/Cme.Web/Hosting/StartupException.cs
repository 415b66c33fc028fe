namespace Cme.Web.Hosting;

/// <summary>The program cannot start as it was asked to. The message says why and what to do about it.</summary>
public sealed class StartupException(string message) : Exception(message);
