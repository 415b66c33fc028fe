using Cme.Storage.People;
using Microsoft.AspNetCore.Identity;

namespace Cme.Web.Security.People;

/// <summary>What a check of a password or code came to.</summary>
public enum Checked { Right, Wrong, Locked }

/// <summary>
/// Checks what somebody brings to prove who they are, counts what was wrong, and tells the audit. Whether anybody has an address
/// shows neither in the answer, nor in how long it takes, nor in what being wrong often leads to.
/// </summary>
internal sealed class SignInDesk(PersonManager people, SignInManager<Person> passkeys, PersonSessions sessions, PersonAudit audit)
{
    // Compared with where nobody has the address: a password takes as long to be wrong.
    private static readonly Lazy<string> NobodysHash = new(() => new PasswordHasher<Person>(
        Microsoft.Extensions.Options.Options.Create(new PasswordHasherOptions { IterationCount = PeopleSetup.HashIterations }))
        .HashPassword(new Person(), Guid.NewGuid().ToString()));

    /// <summary>Checks an address and a password.</summary>
    public async Task<(Checked Result, Person Person)> PasswordAsync(string address, string password)
    {
        var person = await people.AnybodyAsync(address);
        return (await PasswordOfAsync(person, password), person);
    }

    /// <summary>Checks the password of somebody known, such as of a person who is signed in.</summary>
    public Task<Checked> PasswordOfAsync(Person person, string password) => CountedAsync(person, "password", async () =>
    {
        if (password.Length > PasswordRules.Longest) { return false; }
        if (person.PasswordHash is not null) { return await people.CheckPasswordAsync(person, password); }
        people.PasswordHasher.VerifyHashedPassword(person, NobodysHash.Value, password);
        return false;
    });

    /// <summary>Checks a code of the person's authenticator app.</summary>
    public Task<Checked> CodeAsync(Person person, string code) => CountedAsync(person, "authenticator",
        () => people.VerifyTwoFactorTokenAsync(person, TokenOptions.DefaultAuthenticatorProvider, code));

    /// <summary>Uses up one of the person's recovery codes.</summary>
    public Task<Checked> RecoveryCodeAsync(Person person, string code) => CountedAsync(person, "recovery-code",
        async () => (await people.RedeemTwoFactorRecoveryCodeAsync(person, code)).Succeeded);

    /// <summary>Checks what a passkey signed. It counts as both factors, since it is used only with a finger, a face or a PIN.</summary>
    /// <param name="credential">JSON as the browser gave it.</param>
    /// <returns>The person whose passkey it is; null if it is nobody's, or was not signed for this page just now.</returns>
    public async Task<Person?> PasskeyAsync(string credential)
    {
        var result = await passkeys.PerformPasskeyAssertionAsync(credential);
        if (!result.Succeeded || result.User is not { EndedAt: null } person || !result.Passkey.IsUserVerified)
        {
            await audit.TellAsync("sign-in-failed", PersonAudit.Nobody, null, "passkey");
            return null;
        }
        await people.AddOrUpdatePasskeyAsync(person, result.Passkey);
        return person;
    }

    /// <summary>Lets somebody in who has proved both factors.</summary>
    public async Task LetInAsync(HttpContext context, Person person, string by)
    {
        await people.ResetAccessFailedCountAsync(person);
        await audit.TellOwnAsync("signed-in", person, by);
        await sessions.BeginAsync(context, person);
    }

    private async Task<Checked> CountedAsync(Person person, string by, Func<Task<bool>> isRight)
    {
        if (await people.IsLockedOutAsync(person)) { return Checked.Locked; }
        if (await isRight()) { return Checked.Right; }
        await people.AccessFailedAsync(person);
        var locked = await people.IsLockedOutAsync(person);
        await audit.TellAsync(locked ? "sign-in-locked" : "sign-in-failed", PersonAudit.Nobody, person, by);
        return locked ? Checked.Locked : Checked.Wrong;
    }
}
