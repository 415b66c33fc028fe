using Cme.Domain;
using Cme.Storage.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Cme.Web.Security.People;

/// <summary>
/// Identity's manager, with two differences. It takes the time from the system clock that it is given, so that a test can move
/// it; and a failure is counted by the address alone, so that it counts the same whether anybody has the address.
/// </summary>
internal sealed class PersonManager(
    IUserStore<Person> store, IOptions<IdentityOptions> options, IPasswordHasher<Person> hasher, IEnumerable<IUserValidator<Person>> users,
    IEnumerable<IPasswordValidator<Person>> passwords, ILookupNormalizer normalizer, IdentityErrorDescriber errors, IServiceProvider services,
    ILogger<UserManager<Person>> logger, Standings standings, [FromKeyedServices(Clock.System)] TimeProvider clock)
    : UserManager<Person>(store, options, hasher, users, passwords, normalizer, errors, services, logger)
{
    private IUserLockoutStore<Person> Locks => (IUserLockoutStore<Person>)Store;

    public override async Task<bool> IsLockedOutAsync(Person user) => await Locks.GetLockoutEndDateAsync(user, CancellationToken) > clock.GetUtcNow();

    public override async Task<IdentityResult> AccessFailedAsync(Person user)
    {
        if (await Locks.IncrementAccessFailedCountAsync(user, CancellationToken) >= Options.Lockout.MaxFailedAccessAttempts)
        {
            await Locks.SetLockoutEndDateAsync(user, clock.GetUtcNow() + Options.Lockout.DefaultLockoutTimeSpan, CancellationToken);
        }
        return IdentityResult.Success;
    }

    public override async Task<IdentityResult> ResetAccessFailedCountAsync(Person user)
    {
        await Locks.ResetAccessFailedCountAsync(user, CancellationToken);
        return IdentityResult.Success;
    }

    /// <summary>Who has an address; if nobody, somebody who is nowhere stored and whom every password is wrong for.</summary>
    public async Task<Person> AnybodyAsync(string address)
    {
        var key = NormalizeEmail(address.Trim());
        return await FindByEmailAsync(address.Trim()) ?? new Person { EmailKey = key, UserKey = key };
    }

    /// <summary>What is wrong with a password for this person; null if nothing.</summary>
    public async Task<string?> FaultOfPasswordAsync(Person user, string password) =>
        (await ValidatePasswordAsync(user, password)).Errors.FirstOrDefault()?.Description;

    /// <summary>Sets a password, unless it breaks a rule; every session of the person ends.</summary>
    public async Task<IdentityResult> SetPasswordAsync(Person user, string password)
    {
        var result = await UpdatePasswordHash(user, password, validatePassword: true);
        return result.Succeeded ? await UpdateUserAsync(user) : result;
    }

    /// <summary>Takes an authenticator's secret for the person's, once a code has shown that the app has it; every session of the person ends.</summary>
    public async Task<IdentityResult> SetAuthenticatorAsync(Person user, string secret)
    {
        await ((IUserAuthenticatorKeyStore<Person>)Store).SetAuthenticatorKeyAsync(user, secret, CancellationToken);
        user.TwoFactor = true;
        return await UpdateSecurityStampAsync(user);
    }

    /// <summary>Takes away everything that the person signs in by; every session of the person ends.</summary>
    public async Task<IdentityResult> DisarmAsync(Person user)
    {
        foreach (var passkey in await GetPasskeysAsync(user)) { await ((IUserPasskeyStore<Person>)Store).RemovePasskeyAsync(user, passkey.CredentialId, CancellationToken); }
        (user.PasswordHash, user.Authenticator, user.TwoFactor, user.RecoveryCodes, user.Passkeys) = (null, null, false, null, 0);
        return await UpdateSecurityStampAsync(user);
    }

    /// <summary>What is saved may have ended sessions, and on this node does so at once.</summary>
    protected override async Task<IdentityResult> UpdateUserAsync(Person user)
    {
        var result = await base.UpdateUserAsync(user);
        standings.Forget(user.Id);
        return result;
    }
}
