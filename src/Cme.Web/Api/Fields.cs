using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Cme.Web.Api;

/// <summary>
/// An object of a request, read strictly: each reading returns a value of the type asked for and, where the body has none,
/// notes the place and goes on, so that one answer names everything that is wrong. Names are those of the JSON.
/// </summary>
/// <param name="json">The object.</param>
/// <param name="pointer">Its JSON pointer; empty for the body itself.</param>
/// <param name="faults">Where the places that are wrong are noted.</param>
internal readonly struct Fields(JsonElement json, string pointer, List<PlaceProblem> faults)
{
    /// <summary>Longer texts than these are refused: a name is not a narrative.</summary>
    public const int ShortText = 200, LongText = 10_000;

    /// <summary>Where the object stands in the body.</summary>
    public string Pointer => pointer;

    /// <summary>The body itself, which must be an object.</summary>
    public static Fields Of(JsonDocument body, List<PlaceProblem> faults)
    {
        var fields = new Fields(body.RootElement, "", faults);
        if (body.RootElement.ValueKind != JsonValueKind.Object) { fields.Wrong("", "wrong-type", "must be an object"); }
        return fields;
    }

    /// <summary>Notes that a member is wrong.</summary>
    /// <param name="name">The member, or empty for the object itself.</param>
    /// <param name="code">Stable, for programs.</param>
    /// <param name="detail">Goes on from the member's name: "must be a date".</param>
    public void Wrong(string name, string code, string detail) => faults.Add(new(
        name.Length == 0 ? pointer : $"{pointer}/{name}", code, $"{(name.Length == 0 ? "This" : $"'{name}'")} {detail}."));

    /// <summary>Notes that a parameter of the address is wrong, beside what is wrong in the body.</summary>
    public void WrongParameter(string name, string code, string detail) => faults.Add(Parameters.Wrong(name, code, detail));

    /// <summary>Whether nothing was found wrong so far.</summary>
    public bool Sound => faults.Count == 0;

    /// <summary>The object as it was sent, or null if the member is missing. It lives as long as the reading of the body.</summary>
    public JsonElement? Sent(string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : null;

    /// <summary>Whether the member is there and not null.</summary>
    public bool Has(string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>Whether the member is there and says anything: an empty list does not.</summary>
    public bool HasContent(string name) => Raw(name) is { } value && !(value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0);

    /// <summary>A text that must be there, without white space around it.</summary>
    public string Text(string name, int longest = ShortText) => OptionalText(name, longest, required: true) ?? "";

    /// <summary>A text, or null. An empty one counts as none.</summary>
    public string? OptionalText(string name, int longest = ShortText) => OptionalText(name, longest, required: false);

    private string? OptionalText(string name, int longest, bool required)
    {
        if (Get(name, JsonValueKind.String, "must be a text", required) is not { } value) { return null; }
        if (Readable(value) is not { } text || HasForbidden(text, longest == LongText))
        {
            Wrong(name, "invalid-text", "holds characters that are no text");
            return null;
        }
        text = text.Trim();
        if (text.Length > longest) { Wrong(name, "too-long", $"may have at most {longest} characters"); return null; }
        if (text.Length == 0 && required) { Wrong(name, "required", "must not be empty"); }
        return text.Length == 0 ? null : text;
    }

    /// <summary>A text that must be there, or a whole number in its place: what many systems send for "7".</summary>
    public string TextOrNumber(string name) =>
        Raw(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var whole)
            ? whole.ToString(CultureInfo.InvariantCulture)
            : Text(name);

    /// <summary>One of a few words.</summary>
    public string Choice(string name, IReadOnlyCollection<string> choices, string otherwise)
    {
        if (OptionalText(name) is not { } text) { return otherwise; }
        if (choices.Contains(text)) { return text; }
        Wrong(name, "unknown-value", $"must be one of: {string.Join(", ", choices)}");
        return otherwise;
    }

    /// <summary>A calendar date, <c>yyyy-MM-dd</c>, that must be there.</summary>
    public DateOnly Date(string name) => OptionalDate(name, required: true) ?? default;

    /// <summary>A calendar date or null.</summary>
    public DateOnly? OptionalDate(string name, bool required = false)
    {
        if (Get(name, JsonValueKind.String, "must be a date such as 2026-09-07", required) is not { } value) { return null; }
        if (ParseDate(Readable(value)) is { } date) { return date; }
        Wrong(name, "invalid-date", "must be a date such as 2026-09-07, from 1900 to 2100");
        return null;
    }

    /// <summary>Dates, in the order sent.</summary>
    public ImmutableArray<DateOnly> Dates(string name)
    {
        var (at, into) = (pointer, faults);
        return [.. List(name, required: false).Select((value, index) =>
        {
            if (value.ValueKind == JsonValueKind.String && ParseDate(Readable(value)) is { } date) { return date; }
            into.Add(new($"{at}/{name}/{index}", "invalid-date", "This must be a date such as 2026-09-07."));
            return default;
        })];
    }

    /// <summary>A local time of day, <c>HH:mm</c>, that must be there.</summary>
    public TimeOnly Time(string name)
    {
        if (Get(name, JsonValueKind.String, "must be a time such as 08:50", required: true) is not { } value) { return default; }
        if (TimeOnly.TryParseExact(Readable(value), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) { return time; }
        Wrong(name, "invalid-time", "must be a time such as 08:50, Europe/London");
        return default;
    }

    /// <summary>An instant with its offset, as UTC, that must be there.</summary>
    public DateTimeOffset Instant(string name)
    {
        if (Get(name, JsonValueKind.String, "must be a time with its offset, such as 2026-09-07T09:40:00+01:00", required: true) is not { } value)
        {
            return default;
        }
        if (ParseInstant(Readable(value)) is { } instant) { return instant; }
        Wrong(name, "invalid-time", "must be a time with its offset, such as 2026-09-07T09:40:00+01:00");
        return default;
    }

    /// <summary>True or false, or the given value when the body says nothing.</summary>
    public bool Flag(string name, bool otherwise)
    {
        if (!Has(name)) { return otherwise; }
        var value = json.GetProperty(name);
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) { return value.GetBoolean(); }
        Wrong(name, "wrong-type", "must be true or false");
        return otherwise;
    }

    /// <summary>A whole number within bounds, or null.</summary>
    public int? Number(string name, int least, int most)
    {
        if (Get(name, JsonValueKind.Number, "must be a whole number", required: false) is not { } value) { return null; }
        if (value.TryGetInt32(out var number) && number >= least && number <= most) { return number; }
        Wrong(name, "out-of-range", $"must be a whole number from {least} to {most}");
        return null;
    }

    /// <summary>A nested object; if it is not there and must be, that is noted and every reading of it stays quiet.</summary>
    public Fields? Object(string name, bool required = true) =>
        Get(name, JsonValueKind.Object, "must be an object", required) is { } value ? new(value, $"{pointer}/{name}", faults) : null;

    /// <summary>The objects of a list, in the order sent. One that is no object is noted and left out.</summary>
    public IEnumerable<Fields> Objects(string name, bool required = false)
    {
        var (at, into) = (pointer, faults);
        return List(name, required).Select((value, index) => new Fields(value, $"{at}/{name}/{index}", into)).Where(item => item.IsObject());
    }

    /// <summary>The items of a list as sent, each with faults of its own: the good ones of a batch are kept.</summary>
    public IEnumerable<(int Index, Fields Item, List<PlaceProblem> Faults)> Items(string name)
    {
        var at = pointer;
        return List(name, required: true).Select((value, index) =>
        {
            var own = new List<PlaceProblem>();
            var item = new Fields(value, $"{at}/{name}/{index}", own);
            item.IsObject();
            return (index, item, own);
        });
    }

    /// <summary>Short texts, in the order sent.</summary>
    public ImmutableArray<string> Texts(string name)
    {
        var (at, into) = (pointer, faults);
        return [.. List(name, required: false).Select((value, index) =>
        {
            if (value.ValueKind == JsonValueKind.String && Readable(value)?.Trim() is { Length: > 0 and <= ShortText } text
                && !HasForbidden(text, multiline: false))
            {
                return text;
            }
            into.Add(new($"{at}/{name}/{index}", "wrong-type", "This must be a short text."));
            return "";
        })];
    }

    /// <summary>Narratives, in the order sent, or one by itself.</summary>
    public ImmutableArray<string> Narratives(string name)
    {
        if (Raw(name) is { ValueKind: JsonValueKind.String }) { return OptionalText(name, LongText) is { } one ? [one] : []; }
        var (at, into) = (pointer, faults);
        return [.. List(name, required: false).Select((value, index) =>
        {
            if (value.ValueKind == JsonValueKind.String && Readable(value)?.Trim() is { Length: > 0 and <= LongText } text && !HasForbidden(text, multiline: true))
            {
                return text;
            }
            into.Add(new($"{at}/{name}/{index}", "wrong-type", "This must be a text."));
            return "";
        })];
    }

    /// <summary>A date as the API writes it, or null.</summary>
    public static DateOnly? ParseDate(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        && date.Year is >= 1900 and <= 2100 ? date : null;

    /// <summary>An instant with an offset as UTC, or null. Without an offset it could mean two instants in October.</summary>
    public static DateTimeOffset? ParseInstant(string? text)
    {
        if (text is not { Length: >= 17 and <= 40 } || text[10] != 'T' || !(text[^1] == 'Z' || (text[^6] is '+' or '-' && text[^3] == ':')))
        {
            return null;
        }
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
            && instant.Year is >= 1900 and <= 2100 ? instant.ToUniversalTime() : null;
    }

    private JsonElement? Raw(string name) => Has(name) ? json.GetProperty(name) : null;

    private bool IsObject()
    {
        if (json.ValueKind == JsonValueKind.Object) { return true; }
        Wrong("", "wrong-type", "must be an object");
        return false;
    }

    private JsonElement[] List(string name, bool required) =>
        Get(name, JsonValueKind.Array, "must be a list", required) is { } list ? [.. list.EnumerateArray()] : [];

    private JsonElement? Get(string name, JsonValueKind kind, string must, bool required)
    {
        if (json.ValueKind != JsonValueKind.Object) { return null; }
        if (!Has(name))
        {
            if (required) { Wrong(name, "required", "is missing"); }
            return null;
        }
        var value = json.GetProperty(name);
        if (value.ValueKind == kind) { return value; }
        Wrong(name, "wrong-type", must);
        return null;
    }

    /// <summary>The text of a JSON string, or null for bytes or escapes that are no Unicode.</summary>
    private static string? Readable(JsonElement value)
    {
        try { return value.GetString(); }
        catch (InvalidOperationException) { return null; }
    }

    // PostgreSQL cannot hold a NUL, and no name has a line break.
    private static bool HasForbidden(string text, bool multiline) =>
        text.AsSpan().ContainsAnyInRange('\0', '\u001f') && text.Any(c => char.IsControl(c) && !(multiline && c is '\n' or '\r' or '\t'));
}
