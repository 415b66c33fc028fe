using Cme.Domain;
using Cme.Storage.People;
using Microsoft.AspNetCore.Identity;

namespace Cme.Web.Security.People;

/// <summary>
/// Checks codes of authenticator apps. Identity's own provider takes a code again within its time; here each counts once, and
/// one that is older than the last used never.
/// </summary>
internal sealed class AuthenticatorCodes(IPeople people, [FromKeyedServices(Clock.System)] TimeProvider clock) : IUserTwoFactorTokenProvider<Person>
{
    public Task<string> GenerateAsync(string purpose, UserManager<Person> manager, Person user) =>
        throw new NotSupportedException("The person's own app makes the codes.");

    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<Person> manager, Person user) =>
        await manager.GetAuthenticatorKeyAsync(user) is { Length: > 0 } secret
        && Totp.StepOf(secret, token, clock.GetUtcNow()) is { } step
        && await people.UseStepAsync(user.Id, step);

    public Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<Person> manager, Person user) => Task.FromResult(user.TwoFactor);
}
