using System.Collections.Immutable;
using Cme.Storage.People;
using Microsoft.AspNetCore.Identity;

namespace Cme.Web.Security.People;

/// <summary>
/// What a password must be, as the National Cyber Security Centre advises: long, not among those that are tried first, and
/// otherwise whatever the person likes. No rule about kinds of characters, and none about changing it.
/// </summary>
/// <remarks>Source: NCSC, "Password policy: updating your approach".</remarks>
internal sealed class PasswordRules : IPasswordValidator<Person>
{
    public const int Shortest = 12;

    /// <summary>More than anybody types; hashing more would only cost time.</summary>
    public const int Longest = 200;

    // The commonest of leaked passwords that are long enough, without digits and signs at their ends: those are tried too.
    private static readonly ImmutableHashSet<string> Common = ImmutableHashSet.Create(StringComparer.OrdinalIgnoreCase, [
        .. new StreamReader(typeof(PasswordRules).Assembly.GetManifestResourceStream("Cme.Web.Security.People.CommonPasswords.txt")!)
            .ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
    ]);

    public Task<IdentityResult> ValidateAsync(UserManager<Person> manager, Person user, string? password) => Task.FromResult(Fault(user, password ?? "") is { } fault
        ? IdentityResult.Failed(new IdentityError { Code = "Password", Description = fault })
        : IdentityResult.Success);

    private static string? Fault(Person user, string password) =>
        password.Length < Shortest ? $"Your password must be {Shortest} characters or more"
        : password.Length > Longest ? $"Your password must be {Longest} characters or fewer"
        : password.Distinct().Count() < 5 || IsCommon(password) ? "Choose a password that is harder to guess, such as three random words"
        : Own(user).Any(part => password.Contains(part, StringComparison.OrdinalIgnoreCase)) ? "Choose a password without your name or email address in it"
        : null;

    private static bool IsCommon(string password)
    {
        var core = password.Trim().TrimEnd([.. "0123456789!?.*#@$%&-_+= "]).TrimStart([.. "0123456789!?.*#@$%&-_+= "]);
        // What is nothing but digits and signs, and what is a common word with some of them put around it.
        return core.Length < 4 || Common.Contains(core) || Common.Contains(password);
    }

    private static IEnumerable<string> Own(Person user) =>
        new[] { user.Email.Split('@')[0], user.Name.Replace(" ", "", StringComparison.Ordinal) }.Where(part => part.Length >= 5);
}
