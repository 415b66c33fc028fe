using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Cme.Contracts;
using Microsoft.Net.Http.Headers;

namespace Cme.Web.Api;

/// <summary>
/// Entity tags, and what a request says with them. A tag is <c>"v7"</c> where the version alone tells one answer from another,
/// and <c>"v7-"</c> with a digest of the answer where time or another record changes it too. <c>If-Match</c> on a change is about
/// what is recorded, so that it compares versions.
/// </summary>
internal static class Preconditions
{
    /// <summary>The tag of a version.</summary>
    public static string Tag(long version) => string.Create(CultureInfo.InvariantCulture, $"\"v{version}\"");

    /// <summary>The tag of an answer: it changes whenever one byte does.</summary>
    /// <param name="version">The version of what is shown, if it has one.</param>
    public static string TagOf(ReadOnlySpan<byte> answer, long? version)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(answer).AsSpan(0, 8));
        return version is { } number ? string.Create(CultureInfo.InvariantCulture, $"\"v{number}-{digest}\"") : $"\"{digest}\"";
    }

    /// <summary>What a request that changes something demands of what it changes.</summary>
    /// <param name="demanded">True where whoever changes what exists must name its version.</param>
    public static Precondition Of(HttpRequest request, bool demanded = false)
    {
        var matched = EntityTags(request.Headers.IfMatch);
        return new()
        {
            IsGiven = request.Headers.IfMatch.Count > 0, AnyVersion = matched.Contains("*"),
            Versions = [.. matched.Select(VersionOf).OfType<long>()],
            MustBeNew = EntityTags(request.Headers.IfNoneMatch).Contains("*"), IsDemanded = demanded,
        };
    }

    /// <summary>Whether the reader has this answer already (<c>If-None-Match</c>).</summary>
    public static bool IsHeld(HttpRequest request, string tag) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var held) && held.Any(one => one.Tag == tag || one.Tag == "*");

    /// <summary>Whether the reader wants another answer than this one (<c>If-Match</c> on a reading).</summary>
    public static bool IsUnwanted(HttpRequest request, string tag) =>
        request.Headers.IfMatch.Count > 0 && EntityTags(request.Headers.IfMatch) is var wanted && !wanted.Contains("*") && !wanted.Contains(tag);

    // A weak tag never matches here: it may name two different answers.
    private static ImmutableArray<string> EntityTags(Microsoft.Extensions.Primitives.StringValues header) =>
        EntityTagHeaderValue.TryParseList(header, out var tags) ? [.. tags.Where(tag => !tag.IsWeak).Select(tag => tag.Tag.ToString())] : [];

    private static long? VersionOf(string tag) =>
        tag.Trim('"').Split('-')[0] is ['v', .. var number] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version : null;
}
