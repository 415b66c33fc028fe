using System.Security.Cryptography;
using System.Text.Json;
using Cme.Domain;
using Cme.Storage;
using Cme.Storage.Forms;
using Cme.Web.Security;
using Microsoft.AspNetCore.DataProtection;

namespace Cme.Web.Pages.Episodes.Record;

/// <summary>
/// A form that is sent after its session has ended is kept, sealed, until the same person has signed in again. Whose it is, a seal on
/// the form says that only this service can make: a form without one, or with another's, is dropped.
/// </summary>
public sealed partial class KeptForms(
    IKeptForms store, IDataProtectionProvider protection, [FromKeyedServices(Clock.System)] TimeProvider clock, ILogger<KeptForms> logger)
{
    /// <summary>A working day: who comes back later begins anew.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(12);

    private const string Before = "/record-";

    private readonly IDataProtector _seals = protection.CreateProtector("cme.form.seal");
    private readonly IDataProtector _contents = protection.CreateProtector("cme.form.content");

    /// <summary>The seal for a form that a viewer is given.</summary>
    public string SealFor(Viewer viewer, string reference, string what) => _seals.Protect(JsonSerializer.Serialize(KeyOf(viewer, reference, what)));

    /// <summary>Keeps what was posted if it is a sealed form of an episode's page; does nothing else.</summary>
    public async Task KeepAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || !context.Request.HasFormContentType
            || context.Request.Path.Value?.Contains(Before, StringComparison.Ordinal) != true)
        {
            return;
        }
        var posted = await context.Request.ReadFormAsync(context.RequestAborted);
        if (Opened(posted[nameof(ActFields.Seal)]) is not { } key || !IsOf(key, context.Request.Path.Value)) { return; }
        var content = _contents.Protect(JsonSerializer.SerializeToUtf8Bytes(posted.ToDictionary(field => field.Key, field => field.Value.ToString())));
        try
        {
            await store.KeepAsync(key, content, clock.GetUtcNow() + KeptFor, context.RequestAborted);
        }
        catch (StorageUnavailableException)
        {
            LogNotKept(logger);
        }
    }

    /// <summary>The fields of the viewer's kept form, by name; null if there is none.</summary>
    public async Task<IReadOnlyDictionary<string, string>?> FindAsync(Viewer viewer, string reference, string what, CancellationToken cancel)
    {
        if (await store.GetAsync(KeyOf(viewer, reference, what), clock.GetUtcNow(), cancel) is not { } content) { return null; }
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(_contents.Unprotect(content));
        }
        catch (CryptographicException)
        {
            return null;                                             // Sealed with keys that are gone: nobody can read it any more.
        }
    }

    public Task ForgetAsync(Viewer viewer, string reference, string what, CancellationToken cancel) =>
        store.ForgetAsync(KeyOf(viewer, reference, what), cancel);

    private static FormKey KeyOf(Viewer viewer, string reference, string what) => new(viewer.Authority, viewer.Id, reference, what);

    private static bool IsOf(FormKey key, string path) => path.EndsWith($"/{key.Episode}{Before}{key.Form}", StringComparison.Ordinal);

    private FormKey? Opened(string? seal)
    {
        try
        {
            return string.IsNullOrEmpty(seal) ? null : JsonSerializer.Deserialize<FormKey>(_seals.Unprotect(seal));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    [LoggerMessage(1401, LogLevel.Warning, "A form whose session had ended could not be kept: the database is away.")]
    private static partial void LogNotKept(ILogger logger);
}
