namespace Cme.Web.Pages.Shared;

/// <summary>A button that asks the browser for a passkey; <c>_Passkey.cshtml</c> draws it, and a script shows it where it works.</summary>
/// <param name="Words">What the button says.</param>
/// <param name="Create">True to make a passkey, false to use one.</param>
/// <param name="Action">Where the passkey goes.</param>
/// <param name="Options">Where the challenge comes from.</param>
public sealed record PasskeyView(string Words, bool Create, string Action, string Options)
{
    /// <summary>The field that takes the passkey.</summary>
    public string Field { get; init; } = "credential";

    /// <summary>What is sent along.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; init; } = [];

    /// <summary>Where somebody goes afterwards.</summary>
    public string? ReturnUrl { init => Fields = value is null ? [] : [new("returnUrl", value)]; }

    /// <summary>What is said if the browser gives none.</summary>
    public string Wrong => Create
        ? "No passkey was made. Try again, or use an authenticator app."
        : "No passkey was used. Try again, or sign in with your password.";
}
