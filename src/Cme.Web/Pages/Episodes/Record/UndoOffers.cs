using System.Globalization;
using System.Security.Cryptography;
using Cme.Domain;
using Cme.Web.Security;
using Microsoft.AspNetCore.DataProtection;

namespace Cme.Web.Pages.Episodes.Record;

/// <summary>
/// Offers to undo what was recorded a moment ago: sealed papers that say who may undo which act of which episode, and since when.
/// Nothing is stored, and no other person, act or time fits a paper.
/// </summary>
/// <param name="clock">System clock: ten seconds of a person's life, wherever a demo's clock has been moved to.</param>
public sealed class UndoOffers(IDataProtectionProvider protection, [FromKeyedServices(Clock.System)] TimeProvider clock)
{
    /// <summary>How long the page shows the button.</summary>
    public static readonly TimeSpan Shown = TimeSpan.FromSeconds(10);

    /// <summary>How long the server takes it: the ten seconds, and the way to the page and back.</summary>
    public static readonly TimeSpan Taken = TimeSpan.FromSeconds(15);

    private readonly IDataProtector _protector = protection.CreateProtector("cme.undo");

    public string Make(Viewer viewer, string reference, long number) => _protector.Protect(
        string.Create(CultureInfo.InvariantCulture, $"{viewer.Id}|{reference}|{number}|{clock.GetUtcNow().UtcTicks}"));

    /// <summary>The number of the act that the viewer may undo now; null if the paper is another's, of another episode, or too old.</summary>
    public int? Open(Viewer viewer, string reference, string? offer)
    {
        string[] parts;
        try
        {
            parts = string.IsNullOrEmpty(offer) ? [] : _protector.Unprotect(offer).Split('|');
        }
        catch (CryptographicException)
        {
            return null;
        }
        return parts is [var person, var episode, var number, var ticks] && person == viewer.Id && episode == reference
            && clock.GetUtcNow().UtcTicks - long.Parse(ticks, CultureInfo.InvariantCulture) <= Taken.Ticks
            ? int.Parse(number, CultureInfo.InvariantCulture) : null;
    }
}
