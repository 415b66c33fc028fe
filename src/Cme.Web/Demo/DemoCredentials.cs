using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cme.Web.Security;
using Cme.Web.Security.People;

namespace Cme.Web.Demo;

/// <summary>What a visitor of the demo needs to use it: published for programs as <c>credentials.json</c>.</summary>
public sealed record DemoCredentials
{
    public required string BaseUrl { get; init; }
    public required ImmutableArray<DemoKey> ApiKeys { get; init; }
    public required ImmutableArray<DemoAccount> Accounts { get; init; }
    public required ImmutableArray<DemoSchool> Schools { get; init; }
    public required DemoAuthorityDocument Authority { get; init; }

    /// <summary>The file's name within the demo's directory.</summary>
    public const string FileName = "credentials.json";

    /// <summary>The keys of the last run if there was one, or new ones, with what else is known.</summary>
    /// <param name="kept">The file's text as the last run left it, or null.</param>
    public static DemoCredentials Renew(string? kept, string baseUrl)
    {
        var last = kept is null ? null : JsonSerializer.Deserialize(kept, DemoJson.Default.DemoCredentials);
        var earlier = last?.ApiKeys ?? [];
        var accounts = last?.Accounts ?? [];
        // One for all, so that a first start hashes one.
        var password = accounts.FirstOrDefault()?.Password ?? NewPassword();
        return new()
        {
            BaseUrl = baseUrl,
            ApiKeys =
            [
                KeyOf(DemoAuthority.Code, "authority"), .. DemoAuthority.Schools.Select(school => KeyOf(school.Urn, "school")),
            ],
            Accounts = [.. Personas.All.Select(AccountOf)],
            Schools = [.. DemoAuthority.Schools],
            Authority = new(DemoAuthority.Code, DemoAuthority.Name),
        };

        DemoAccount AccountOf(Persona persona) => new(
            persona.Id, persona.Email, password, accounts.FirstOrDefault(account => account.UserName == persona.Id)?.TotpSecret ?? Totp.NewSecret(),
            persona.Role, persona.School ?? DemoAuthority.Code);

        DemoKey KeyOf(string organisation, string kind) =>
            earlier.FirstOrDefault(key => key.Organisation == organisation && key.Kind == kind)
            ?? new(organisation, kind, "cme_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));
    }

    // Twenty characters of base 32: long enough for the rules, and easy to copy.
    private static string NewPassword() => Totp.NewSecret()[..20].ToLowerInvariant();

    /// <summary>Writes the file so that only its owner reads it, whole or not at all.</summary>
    public void WriteTo(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var beside = path + ".new";
        File.Delete(beside);
#pragma warning disable CA1416 // The product runs on Linux: its private PostgreSQL is Debian's.
        var closed = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
#pragma warning restore CA1416
        using (var file = new FileStream(beside, closed))
        {
            JsonSerializer.Serialize(file, this, DemoJson.Default.DemoCredentials);
        }
        File.Move(beside, path, overwrite: true);
    }
}

/// <summary>A key of the demo.</summary>
/// <param name="Organisation">The authority's code or a school's URN.</param>
/// <param name="Kind"><c>authority</c> or <c>school</c>.</param>
public sealed record DemoKey(string Organisation, string Kind, string Key);

/// <summary>A persona. It signs in at the press of its button, or through the form like anybody.</summary>
/// <param name="UserName">The form takes it in place of the address.</param>
/// <param name="TotpSecret">In base 32; six digits, 30 seconds, SHA-1.</param>
public sealed record DemoAccount(string UserName, string? Email, string? Password, string? TotpSecret, string Role, string Organisation);

/// <summary>The authority of the demo.</summary>
public sealed record DemoAuthorityDocument(string Code, string Name);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(DemoCredentials))]
internal sealed partial class DemoJson : JsonSerializerContext;
