using System.Text.Json;
using Cme.Domain;
using Cme.Storage.People;
using Microsoft.AspNetCore.Identity;

namespace Cme.Web.Security.People;

/// <summary>
/// What ASP.NET Core Identity asks of a store, over ours. Each setter changes the person in memory and the manager has all saved
/// in one statement, which is refused if somebody else changed them meanwhile; failures are counted in the database at once.
/// </summary>
internal sealed class PersonStore(
    IPeople people, ISignInLocks locks, Seals seals, [FromKeyedServices(Clock.System)] TimeProvider clock) :
    IUserPasswordStore<Person>, IUserSecurityStampStore<Person>, IUserEmailStore<Person>, IUserLockoutStore<Person>, IUserTwoFactorStore<Person>,
    IUserAuthenticatorKeyStore<Person>, IUserTwoFactorRecoveryCodeStore<Person>, IUserPasskeyStore<Person>
{
    /// <summary>Failures longer ago than this are forgotten.</summary>
    private static readonly TimeSpan FailuresKept = TimeSpan.FromMinutes(15);

    public Task<string> GetUserIdAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

    public Task<string?> GetUserNameAsync(Person user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.UserKey);

    public Task SetUserNameAsync(Person user, string? userName, CancellationToken cancellationToken) => Set(() => user.UserKey = userName ?? "");

    public Task<string?> GetNormalizedUserNameAsync(Person user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.UserKey);

    public Task SetNormalizedUserNameAsync(Person user, string? normalizedName, CancellationToken cancellationToken) =>
        Set(() => user.UserKey = normalizedName ?? "");

    public async Task<IdentityResult> CreateAsync(Person user, CancellationToken cancellationToken) =>
        await people.AddAsync(user, cancellationToken) ? IdentityResult.Success : Failed("DuplicateEmail", "Somebody has this email address already.");

    public async Task<IdentityResult> UpdateAsync(Person user, CancellationToken cancellationToken) =>
        await people.SaveAsync(user, cancellationToken)
            ? IdentityResult.Success
            : Failed("ConcurrencyFailure", "Somebody else changed this account at the same moment. Try again.");

    public Task<IdentityResult> DeleteAsync(Person user, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Nobody is deleted: what they did refers to them. Their access is ended instead.");

    public Task<Person?> FindByIdAsync(string userId, CancellationToken cancellationToken) => people.FindAsync(userId, cancellationToken);

    public Task<Person?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        people.FindByKeyAsync(normalizedUserName, cancellationToken);

    public Task SetPasswordHashAsync(Person user, string? passwordHash, CancellationToken cancellationToken) => Set(() => user.PasswordHash = passwordHash);

    public Task<string?> GetPasswordHashAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    public Task<bool> HasPasswordAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task SetSecurityStampAsync(Person user, string stamp, CancellationToken cancellationToken) => Set(() => user.SecurityStamp = stamp);

    public Task<string?> GetSecurityStampAsync(Person user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SecurityStamp);

    public Task SetEmailAsync(Person user, string? email, CancellationToken cancellationToken) => Set(() => user.Email = email ?? "");

    public Task<string?> GetEmailAsync(Person user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    // Whoever opened the link that was sent to an address had it from the administrator who typed that address.
    public Task<bool> GetEmailConfirmedAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task SetEmailConfirmedAsync(Person user, bool confirmed, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<Person?> FindByEmailAsync(string normalizedEmail, CancellationToken cancellationToken) =>
        people.FindByKeyAsync(normalizedEmail, cancellationToken);

    public Task<string?> GetNormalizedEmailAsync(Person user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.EmailKey);

    public Task SetNormalizedEmailAsync(Person user, string? normalizedEmail, CancellationToken cancellationToken) =>
        Set(() => user.EmailKey = normalizedEmail ?? "");

    public Task<DateTimeOffset?> GetLockoutEndDateAsync(Person user, CancellationToken cancellationToken) =>
        locks.LockedUntilAsync(Seals.LockKey(user), cancellationToken);

    public Task SetLockoutEndDateAsync(Person user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken) =>
        locks.LockAsync(Seals.LockKey(user), lockoutEnd, cancellationToken);

    public Task<int> IncrementAccessFailedCountAsync(Person user, CancellationToken cancellationToken) =>
        locks.FailedAsync(Seals.LockKey(user), clock.GetUtcNow(), FailuresKept, cancellationToken);

    public Task ResetAccessFailedCountAsync(Person user, CancellationToken cancellationToken) => locks.ForgetAsync(Seals.LockKey(user), cancellationToken);

    public Task<int> GetAccessFailedCountAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(0);

    public Task<bool> GetLockoutEnabledAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task SetLockoutEnabledAsync(Person user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetTwoFactorEnabledAsync(Person user, bool enabled, CancellationToken cancellationToken) => Set(() => user.TwoFactor = enabled);

    public Task<bool> GetTwoFactorEnabledAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(user.HasSecondFactor);

    public Task SetAuthenticatorKeyAsync(Person user, string key, CancellationToken cancellationToken) =>
        Set(() => user.Authenticator = seals.Seal(Seals.Authenticator, user, key));

    public Task<string?> GetAuthenticatorKeyAsync(Person user, CancellationToken cancellationToken) =>
        Task.FromResult(seals.Open(Seals.Authenticator, user, user.Authenticator));

    public Task ReplaceCodesAsync(Person user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        Set(() => user.RecoveryCodes = seals.Seal(Seals.RecoveryCodes, user, string.Join(';', recoveryCodes)));

    public Task<bool> RedeemCodeAsync(Person user, string code, CancellationToken cancellationToken)
    {
        var left = CodesOf(user);
        if (!left.Remove(code.Trim().ToUpperInvariant())) { return Task.FromResult(false); }
        // Of two who bring the same code at once, the second is refused when the person is saved.
        user.RecoveryCodes = seals.Seal(Seals.RecoveryCodes, user, string.Join(';', left));
        return Task.FromResult(true);
    }

    public Task<int> CountCodesAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(CodesOf(user).Count);

    public Task AddOrUpdatePasskeyAsync(Person user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => people.PutPasskeyAsync(
        new(user.Id, passkey.CredentialId, JsonSerializer.Serialize(PasskeyDocument.Of(passkey), PasskeyJson.Default.PasskeyDocument), passkey.CreatedAt),
        cancellationToken);

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Person user, CancellationToken cancellationToken) =>
        [.. (await people.PasskeysAsync(user.Id, cancellationToken)).Select(PasskeyDocument.Read)];

    public async Task<Person?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        await people.FindPasskeyAsync(credentialId, cancellationToken) is { } passkey ? await people.FindAsync(passkey.Person, cancellationToken) : null;

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(Person user, byte[] credentialId, CancellationToken cancellationToken) =>
        await people.FindPasskeyAsync(credentialId, cancellationToken) is { } passkey && passkey.Person == user.Id ? PasskeyDocument.Read(passkey) : null;

    public Task RemovePasskeyAsync(Person user, byte[] credentialId, CancellationToken cancellationToken) =>
        people.RemovePasskeyAsync(user.Id, credentialId, cancellationToken);

    public void Dispose()
    {
        // The store holds nothing open.
    }

    private List<string> CodesOf(Person user) =>
        [.. (seals.Open(Seals.RecoveryCodes, user, user.RecoveryCodes) ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries)];

    private static Task Set(Action change)
    {
        change();
        return Task.CompletedTask;
    }

    private static IdentityResult Failed(string code, string words) => IdentityResult.Failed(new IdentityError { Code = code, Description = words });
}
