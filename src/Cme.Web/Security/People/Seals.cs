using System.Security.Cryptography;
using System.Text;
using Cme.Storage.People;
using Microsoft.AspNetCore.DataProtection;

namespace Cme.Web.Security.People;

/// <summary>
/// Seals what would let a reader of the database sign in. The keys lie in the data directory (<c>session-keys</c>), never in the
/// database; each seal is for one person and one purpose, so that what was copied into another row opens nothing.
/// </summary>
internal sealed class Seals(IDataProtectionProvider protection)
{
    public const string Authenticator = "authenticator";
    public const string RecoveryCodes = "recovery-codes";

    public byte[] Seal(string purpose, Person person, string secret) => For(purpose, person).Protect(Encoding.UTF8.GetBytes(secret));

    /// <summary>The secret, or null if there is none or the key that sealed it is gone: the person then needs a new link.</summary>
    public string? Open(string purpose, Person person, byte[]? seal)
    {
        if (seal is null) { return null; }
        try
        {
            return Encoding.UTF8.GetString(For(purpose, person).Unprotect(seal));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Under what failed sign-ins of an address are counted: nobody reads the address from it.</summary>
    public static byte[] LockKey(Person person) => SHA256.HashData(Encoding.UTF8.GetBytes(person.EmailKey));

    private IDataProtector For(string purpose, Person person) => protection.CreateProtector("cme.people", purpose, person.Id);
}
