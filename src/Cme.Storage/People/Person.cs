namespace Cme.Storage.People;

/// <summary>Somebody who signs in. Mutable, since ASP.NET Core Identity changes one in several steps and then has it saved.</summary>
public sealed class Person
{
    /// <summary>Stable and without personal data; what is recorded as the actor.</summary>
    public string Id { get; set; } = "";
    public string Authority { get; set; } = "";
    /// <summary>The URN of the person's school; null for somebody of the whole authority.</summary>
    public string? School { get; set; }
    public string Role { get; set; } = "";
    public string Name { get; set; } = "";
    public string Email { get; set; } = "";
    /// <summary>The address in the form in which addresses are compared.</summary>
    public string EmailKey { get; set; } = "";
    /// <summary>A second name that the sign-in form takes, compared like an address; the address itself unless a demo gave another.</summary>
    public string UserKey { get; set; } = "";
    /// <summary>Null until the person has set a password.</summary>
    public string? PasswordHash { get; set; }
    /// <summary>Changes when every session of the person is to end.</summary>
    public string SecurityStamp { get; set; } = "";
    /// <summary>The authenticator app's secret, sealed.</summary>
    public byte[]? Authenticator { get; set; }
    /// <summary>True once a code of the authenticator app was right.</summary>
    public bool TwoFactor { get; set; }
    /// <summary>The recovery codes that are left, sealed.</summary>
    public byte[]? RecoveryCodes { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    /// <summary>When the person's access was ended; null while they have it.</summary>
    public DateTimeOffset? EndedAt { get; set; }
    /// <summary>Not written: the store counts, and refuses a change to another version.</summary>
    public int Version { get; set; }
    /// <summary>Not written: how many passkeys the person has.</summary>
    public int Passkeys { get; set; }

    /// <summary>True if the person can prove who they are by more than a password.</summary>
    public bool HasSecondFactor => TwoFactor || Passkeys > 0;
}

/// <summary>A passkey of a person.</summary>
/// <param name="Body">JSON: what its browser said of it, and what checks it.</param>
public sealed record PasskeyRecord(string Person, byte[] CredentialId, string Body, DateTimeOffset CreatedAt);

/// <summary>What a session is held against: it holds while the stamp is the same.</summary>
public sealed record Standing(string Id, string Stamp, bool Ended);
