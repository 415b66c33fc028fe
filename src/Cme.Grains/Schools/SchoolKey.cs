namespace Cme.Grains.Schools;

/// <summary>Reads a school's key back into authority and URN.</summary>
internal static class SchoolKey
{
    /// <exception cref="FormatException">No school has this key.</exception>
    public static (string Authority, string Urn) Parse(string key) => key.Split('-', 3) is ["school", var authority, var urn]
        ? (authority, urn)
        : throw new FormatException($"'{key}' is no school's key.");
}
