using System.Text.Json;
using System.Text.Json.Serialization;
using Cme.Storage.People;
using Microsoft.AspNetCore.Identity;

namespace Cme.Web.Security.People;

/// <summary>A passkey as it is stored: what checks the next signature, and what its owner calls it. None of it is secret.</summary>
internal sealed record PasskeyDocument
{
    public byte[] PublicKey { get; init; } = [];
    public string? Name { get; init; }
    public uint SignCount { get; init; }
    public string[]? Transports { get; init; }
    public bool IsUserVerified { get; init; }
    public bool IsBackupEligible { get; init; }
    public bool IsBackedUp { get; init; }
    public byte[] AttestationObject { get; init; } = [];
    public byte[] ClientDataJson { get; init; } = [];

    public static PasskeyDocument Of(UserPasskeyInfo passkey) => new()
    {
        PublicKey = passkey.PublicKey, Name = passkey.Name, SignCount = passkey.SignCount, Transports = passkey.Transports,
        IsUserVerified = passkey.IsUserVerified, IsBackupEligible = passkey.IsBackupEligible, IsBackedUp = passkey.IsBackedUp,
        AttestationObject = passkey.AttestationObject, ClientDataJson = passkey.ClientDataJson,
    };

    public static UserPasskeyInfo Read(PasskeyRecord stored)
    {
        var held = JsonSerializer.Deserialize(stored.Body, PasskeyJson.Default.PasskeyDocument)
            ?? throw new InvalidDataException("A stored passkey is empty: the database is damaged.");
        return new(
            stored.CredentialId, held.PublicKey, stored.CreatedAt, held.SignCount, held.Transports, held.IsUserVerified, held.IsBackupEligible,
            held.IsBackedUp, held.AttestationObject, held.ClientDataJson)
        {
            Name = held.Name,
        };
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(PasskeyDocument))]
internal sealed partial class PasskeyJson : JsonSerializerContext;
