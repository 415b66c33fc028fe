using System.Collections.Immutable;
using System.Text.Json;
using Cme.Contracts.Schools;

namespace Cme.Web.Api.Registers;

/// <summary>A register as it arrived: what goes on to the school, and what could not be read.</summary>
/// <param name="Submission">Every mark as sent, those that could not be read included: see <see cref="RegisterBody"/>.</param>
/// <param name="Faults">Places outside the marks that are wrong; with any of them nothing is taken.</param>
/// <param name="Unreadable">Marks that could not be read, by their position.</param>
internal sealed record RegisterBody(
    RegisterSubmission Submission, List<PlaceProblem> Faults, Dictionary<int, ItemReport> Unreadable)
{
    /// <summary>No attendance code: what an unreadable mark goes on with, so that the school rejects it and holds its pupil as a
    /// data fault. Left out, the mark of a complete register would read as a blank.</summary>
    public const string NoCode = "?";

    /// <summary>The largest lateness that is believed, in minutes: a whole school day.</summary>
    public const int LatestMinutes = 480;

    private static readonly string[] Reporters = ["known-contact", "other-contact", "staff", "unknown"];

    // The codes of a morning are a handful of one- and two-letter texts, several hundred times over.
    private static readonly string[] OneLetter = [.. Enumerable.Range(0, 128).Select(c => ((char)c).ToString())];

    /// <summary>Reads a register. A reader by hand, because a morning's registers of an authority come all at once (see the
    /// benchmark <c>registers</c>), and because one unreadable mark must not cost the others.</summary>
    /// <exception cref="JsonException">The body is not well-formed.</exception>
    public static RegisterBody Parse(ReadOnlySpan<byte> json, DateOnly date, string session, bool correction)
    {
        var faults = new List<PlaceProblem>();
        var unreadable = new Dictionary<int, ItemReport>();
        var marks = ImmutableArray.CreateBuilder<MarkEntry>();
        DateTimeOffset? asOf = null;
        bool? complete = null;
        var hasMarks = false;

        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 16 });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            faults.Add(new("", "wrong-type", "The body must be an object."));
        }
        else
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("asOf"u8))
                {
                    reader.Read();
                    asOf = Instant(ref reader);
                    if (asOf is null) { faults.Add(new("/asOf", "invalid-time", "'asOf' must be a time with its offset, such as 2026-09-07T08:55:00+01:00.")); }
                }
                else if (reader.ValueTextEquals("complete"u8))
                {
                    reader.Read();
                    if (reader.TokenType is JsonTokenType.True or JsonTokenType.False) { complete = reader.GetBoolean(); }
                    else { reader.Skip(); faults.Add(new("/complete", "wrong-type", "'complete' must be true or false.")); complete = false; }
                }
                else if (reader.ValueTextEquals("marks"u8))
                {
                    reader.Read();
                    if (hasMarks) { faults.Add(new("/marks", "duplicate-member", "'marks' is there twice.")); }
                    hasMarks = true;
                    ReadMarks(ref reader, marks, unreadable, faults);
                }
                else
                {
                    reader.Read();
                    reader.Skip();
                }
            }
        }
        while (reader.Read()) { }

        if (asOf is null && !faults.Exists(fault => fault.Pointer is "/asOf" or "")) { faults.Add(new("/asOf", "required", "'asOf' is missing: the time at which your system held these marks.")); }
        if (!hasMarks && !faults.Exists(fault => fault.Pointer == "")) { faults.Add(new("/marks", "required", "'marks' is missing.")); }
        // A correction names the pupils it corrects; of a whole register, saying whether it is whole is no detail.
        if (complete is null && !correction && !faults.Exists(fault => fault.Pointer == "")) { faults.Add(new("/complete", "required", "'complete' is missing: true if every pupil is listed.")); }
        return new(
            new RegisterSubmission
            {
                Date = date, Session = session, AsOf = asOf ?? default, Complete = complete == true && !correction, Correction = correction,
                Marks = marks.DrainToImmutable(),
            },
            faults, unreadable);
    }

    private static void ReadMarks(
        ref Utf8JsonReader reader, ImmutableArray<MarkEntry>.Builder marks, Dictionary<int, ItemReport> unreadable, List<PlaceProblem> faults)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            faults.Add(new("/marks", "wrong-type", "'marks' must be a list."));
            return;
        }
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var (mark, fault) = ReadMark(ref reader, marks.Count);
            if (fault is not null) { unreadable[marks.Count] = fault; }
            marks.Add(fault is null ? mark : mark with { Code = NoCode, MinutesLate = null, ReasonText = null, ReportedBy = null });
        }
    }

    [Flags]
    private enum Member { None = 0, Upn = 1, Id = 2, Code = 4, Minutes = 8, Reason = 16 }

    private static (MarkEntry Mark, ItemReport? Fault) ReadMark(ref Utf8JsonReader reader, int index)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return (new(), Rejected(index, "wrong-type", "A mark must be an object."));
        }
        string? upn = null, id = null, code = null, text = null, reporter = null;
        int? minutes = null;
        ItemReport? fault = null;
        var seen = Member.None;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = reader.ValueTextEquals("upn"u8) ? Member.Upn
                : reader.ValueTextEquals("schoolPupilId"u8) ? Member.Id
                : reader.ValueTextEquals("code"u8) ? Member.Code
                : reader.ValueTextEquals("minutesLate"u8) ? Member.Minutes
                : reader.ValueTextEquals("reason"u8) ? Member.Reason : Member.None;
            reader.Read();
            if (member != Member.None && seen.HasFlag(member)) { fault ??= Rejected(index, "duplicate-member", $"'{NameOf(member)}' is there twice."); }
            seen |= member;
            switch (member)
            {
                case Member.Upn: upn = ShortText(ref reader, index, "upn", ref fault); break;
                case Member.Id: id = ShortText(ref reader, index, "schoolPupilId", ref fault); break;
                case Member.Code: code = CodeText(ref reader, index, ref fault); break;
                case Member.Minutes:
                    if (reader.TokenType == JsonTokenType.Null) { break; }
                    if (reader.TokenType != JsonTokenType.Number) { reader.Skip(); fault ??= Rejected(index, "wrong-type", "'minutesLate' must be a whole number."); }
                    else if (reader.TryGetInt32(out var late) && late is >= 0 and <= LatestMinutes) { minutes = late; }
                    else { fault ??= Rejected(index, "out-of-range", $"'minutesLate' must be a whole number from 0 to {LatestMinutes}."); }
                    break;
                case Member.Reason: (text, reporter) = Reason(ref reader, index, ref fault); break;
                default: reader.Skip(); break;
            }
        }
        // The school's own id is on every roll; a UPN is not.
        var pupil = id is { Length: > 0 } ? id : upn ?? "";
        if (pupil.Length == 0) { fault ??= Rejected(index, "required", "A mark needs 'upn' or 'schoolPupilId'."); }
        if (code is null && fault is null) { fault = Rejected(index, "required", "'code' is missing."); }
        return (new MarkEntry
        {
            Pupil = pupil, ByUpn = id is not { Length: > 0 }, Code = code ?? "", MinutesLate = minutes, ReasonText = text, ReportedBy = reporter,
        }, fault);
    }

    private static (string? Text, string? Reporter) Reason(ref Utf8JsonReader reader, int index, ref ItemReport? fault)
    {
        if (reader.TokenType == JsonTokenType.Null) { return default; }
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            fault ??= Rejected(index, "wrong-type", "'reason' must be an object with 'text' and 'reportedBy'.");
            return default;
        }
        string? text = null, reporter = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isText, isReporter) = (reader.ValueTextEquals("text"u8), reader.ValueTextEquals("reportedBy"u8));
            reader.Read();
            if (isText) { text = ShortText(ref reader, index, "reason/text", ref fault, Fields.LongText); }
            else if (isReporter) { reporter = ShortText(ref reader, index, "reason/reportedBy", ref fault); }
            else { reader.Skip(); }
        }
        if (reporter is null) { fault ??= Rejected(index, "required", "'reason' needs 'reportedBy': who gave it."); }
        else if (Array.IndexOf(Reporters, reporter) < 0)
        {
            fault ??= Rejected(index, "unknown-value", $"'reason/reportedBy' must be one of: {string.Join(", ", Reporters)}.");
        }
        return (text, reporter);
    }

    private static string? CodeText(ref Utf8JsonReader reader, int index, ref ItemReport? fault)
    {
        if (reader is { TokenType: JsonTokenType.String, ValueIsEscaped: false, HasValueSequence: false } && reader.ValueSpan is [var only])
        {
            return only < 128 ? OneLetter[only] : NoCode;
        }
        return ShortText(ref reader, index, "code", ref fault);
    }

    private static string? ShortText(ref Utf8JsonReader reader, int index, string name, ref ItemReport? fault, int longest = Fields.ShortText)
    {
        if (reader.TokenType == JsonTokenType.Null) { return null; }
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            fault ??= Rejected(index, "wrong-type", $"'{name}' must be a text.");
            return null;
        }
        string text;
        try { text = reader.GetString()!; }
        catch (InvalidOperationException)
        {
            fault ??= Rejected(index, "invalid-text", $"'{name}' holds characters that are no text.");
            return null;
        }
        if (text.Length > longest || text.Contains('\0', StringComparison.Ordinal))
        {
            fault ??= Rejected(index, "invalid-text", $"'{name}' is longer than {longest} characters or holds characters that are no text.");
            return null;
        }
        return text;
    }

    private static DateTimeOffset? Instant(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            try { return Fields.ParseInstant(reader.GetString()); }
            catch (InvalidOperationException) { return null; }
        }
        reader.Skip();
        return null;
    }

    private static string NameOf(Member member) => member switch
    {
        Member.Upn => "upn", Member.Id => "schoolPupilId", Member.Code => "code", Member.Minutes => "minutesLate", _ => "reason",
    };

    private static ItemReport Rejected(int index, string code, string detail) => new(index, "rejected", code, detail);
}
