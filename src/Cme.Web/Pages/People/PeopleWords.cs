using System.Collections.Immutable;
using Cme.Storage.People;
using Cme.Storage.Schools;
using Cme.Web.Security;

namespace Cme.Web.Pages.People;

/// <summary>How people and what happened to them is told on pages.</summary>
internal static class PeopleWords
{
    /// <summary>Where somebody works, in words.</summary>
    public static string Place(Person person, ImmutableArray<SchoolRecord> schools) =>
        person.School is { } urn ? schools.FirstOrDefault(school => school.Urn == urn)?.Name ?? urn : "The council";

    /// <summary>Where somebody is with signing in, and the colour of its tag.</summary>
    public static (string Words, string Colour) Standing(Person person, bool invited) => person switch
    {
        { EndedAt: not null } => ("Left", "grey"),
        { PasswordHash: null } => invited ? ("Invited", "blue") : ("Invitation ended", "orange"),
        { HasSecondFactor: false } => ("No second step yet", "yellow"),
        _ => ("Active", "green"),
    };

    /// <summary>What happened, as a sentence without its subject.</summary>
    public static string Event(PersonEvent happened) => happened.What switch
    {
        "signed-in" => $"Signed in ({Way(happened.Detail)})",
        "sign-in-failed" => $"Sign-in failed ({Way(happened.Detail)})",
        "sign-in-locked" => "Sign-in locked for 15 minutes after too many failures",
        "invited" => $"Invited as {Roles.Title(happened.Detail).ToLowerInvariant()}",
        "link-made" => "Link made",
        "link-revoked" => "Link ended",
        "link-used" => "Link used",
        "role-changed" => $"Role changed: {Change(happened.Detail)}",
        "ended" => "Access ended",
        "work-given-back" => $"{(happened.Detail == "1" ? "1 episode" : $"{happened.Detail} episodes")} given back to their colleagues",
        "sign-in-reset" => "Password and second step taken away",
        "password-changed" => "Password changed",
        "authenticator-set" => "Authenticator app set up",
        "recovery-codes-made" => "Recovery codes made",
        "passkey-added" => "Passkey added",
        "passkey-removed" => "Passkey removed",
        "confirmed" => "Confirmed who they are",
        "key-made" => $"Made a key for {happened.Detail}",
        "key-revoked" => $"Ended a key of {happened.Detail}",
        var other => other,
    };

    private static string Change(string detail) => string.Join(" to ", detail.Split(" to ").Select(role => Roles.Title(role).ToLowerInvariant()));

    private static string Way(string detail) => detail switch
    {
        "authenticator" or "authenticator-set" => "authenticator app",
        "passkey" or "passkey-added" => "passkey",
        "recovery-code" => "recovery code",
        "demo-button" => "button of the demo",
        var other => other,
    };
}
