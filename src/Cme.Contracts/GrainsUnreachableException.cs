namespace Cme.Contracts;

/// <summary>
/// No silo answered a call in time. Whether it was carried out nobody knows; whoever is told sends the same again, which changes nothing twice.
/// </summary>
/// <remarks>Its message names the call and the grain, and nothing that was sent.</remarks>
public sealed class GrainsUnreachableException(string message, Exception inner) : Exception(message, inner);
