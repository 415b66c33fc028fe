using System.Security.Cryptography;

namespace Cme.Storage.Schools;

/// <summary>Makes ids for children who are new to an authority.</summary>
internal static class ChildIds
{
    private const string Crockford = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>12 random characters: 60 bits, so that nothing can be read from an id and none is guessed.</summary>
    public static string New() => RandomNumberGenerator.GetString(Crockford, 12);
}
