using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Cme.Web.Api;

/// <summary>Lists come in pages: <c>limit</c>, an opaque <c>cursor</c>, and a <c>Link</c> to the next.</summary>
internal static class Paging
{
    public const int Usual = 50, Most = 500;

    public static int Limit(string? sent, List<PlaceProblem> faults)
    {
        if (sent is null) { return Usual; }
        if (int.TryParse(sent, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= Most) { return limit; }
        faults.Add(Parameters.Wrong("limit", "out-of-range", $"must be a whole number from 1 to {Most}"));
        return Usual;
    }

    public static string WriteCursor(string position) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(position));

    public static string? ReadCursor(string cursor, List<PlaceProblem> faults)
    {
        try
        {
            var position = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
            if (!position.Contains('\0', StringComparison.Ordinal)) { return position; }
        }
        catch (FormatException)
        {
            // Told below, as for any other text that we did not give.
        }
        faults.Add(WrongCursor());
        return null;
    }

    /// <summary>A place in a list that is ordered by an instant and a reference, as a cursor.</summary>
    public static string WriteCursor(DateTimeOffset at, string reference) => WriteCursor(string.Create(CultureInfo.InvariantCulture, $"{at.UtcTicks} {reference}"));

    /// <summary>Reads such a place; null where no cursor was sent, or one that we did not give.</summary>
    public static (DateTimeOffset At, string Reference)? ReadPlace(string? cursor, List<PlaceProblem> faults)
    {
        if (cursor is null) { return null; }
        var before = faults.Count;
        if (ReadCursor(cursor, faults)?.Split(' ') is [var ticks, var reference] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            && at <= DateTimeOffset.MaxValue.UtcTicks)
        {
            return (new(at, TimeSpan.Zero), reference);
        }
        if (faults.Count == before) { faults.Add(WrongCursor()); }
        return null;
    }

    public static PlaceProblem WrongCursor() => Parameters.Wrong("cursor", "unknown-cursor", "must be taken unchanged from the Link header of the page before");

    /// <summary>Says where the next page is: the same address with the cursor.</summary>
    public static void LinkNext(HttpContext context, string cursor)
    {
        var query = QueryHelpers.ParseQuery(context.Request.QueryString.Value);
        query["cursor"] = cursor;
        var next = QueryHelpers.AddQueryString(context.Request.PathBase + context.Request.Path, query);
        context.Response.Headers.Link = $"<{next}>; rel=\"next\"";
    }
}
