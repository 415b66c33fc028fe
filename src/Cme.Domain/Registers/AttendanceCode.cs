using System.Collections.Immutable;

namespace Cme.Domain.Registers;

/// <summary>The statistical category of a code. Source: FACTS B3.</summary>
public enum AttendanceCategory
{
    Present,
    Authorised,
    Unauthorised,
    NotRequired,
    NotCollected,

    /// <summary>No code: a blank, or a mark that could not be read.</summary>
    None,
}

/// <summary>What a mark does to a pupil's whereabouts run. Source: DESIGN 5, the five counts.</summary>
public enum MarkReading
{
    /// <summary>Counts for nothing, and breaks nothing: the pupil was not expected.</summary>
    Skipped,

    /// <summary>Unexplained: starts a run or lengthens it.</summary>
    Starts,

    /// <summary>Said to be somewhere else. Starts nothing, and a run that stands goes on standing until somebody verifies it.</summary>
    Holds,

    /// <summary>Seen, or away for a known reason: ends the run.</summary>
    Explains,
}

/// <summary>
/// An attendance code of England's registers since August 2024, or one of the two states that a register has besides: a blank,
/// and a mark that was sent but could not be taken.
/// </summary>
/// <remarks>Where the reference data and DESIGN 5 differ, DESIGN 5 decides: Y5 is skipped like every Y.</remarks>
public readonly record struct AttendanceCode
{
    // The position in CodeTable. A sheet keeps one byte a pupil, and 0 is "nothing recorded".
    private readonly byte _number;

    private AttendanceCode(byte number) => _number = number;

    /// <summary>Nobody has recorded anything. Not a blank: a blank was recorded as such.</summary>
    public static AttendanceCode None => default;

    /// <summary>The register was taken and this pupil has no mark: unexplained once registration has closed.</summary>
    public static AttendanceCode Blank { get; } = Of("");

    /// <summary>A mark was sent and could not be taken. It never reads as blank or as present. Its note says why, as a code.</summary>
    public static AttendanceCode Faulty { get; } = Of("?");

    internal static AttendanceCode PresentMorning { get; } = Of("/");

    internal static AttendanceCode PresentAfternoon { get; } = Of("\\");

    internal static AttendanceCode Ill { get; } = Of("I");

    /// <summary>The 34 codes in the order of the reference data.</summary>
    public static ImmutableArray<AttendanceCode> All { get; } =
        [.. Enumerable.Range(CodeTable.FirstCode, CodeTable.Rows.Length - CodeTable.FirstCode).Select(number => new AttendanceCode((byte)number))];

    /// <summary>As written in a register. Empty for a blank, <c>?</c> for a mark that could not be taken.</summary>
    public string Text => CodeTable.Rows[_number].Text;

    /// <summary>The code in words.</summary>
    public string Meaning => CodeTable.Rows[_number].Meaning;

    public AttendanceCategory Category => CodeTable.Rows[_number].Category;

    /// <summary>Somebody at the school, or with the school, saw the child. K, P, W and B are seen by others: not known here.</summary>
    public bool IsSeen => CodeTable.Rows[_number].Use == CodeUse.Seen;

    /// <summary>The number under which a sheet keeps it; not for storing elsewhere.</summary>
    internal byte Number => _number;

    /// <summary>Reads a code exactly as registers write it; empty is a blank. False for withdrawn codes too.</summary>
    public static bool TryParse(string? text, out AttendanceCode code)
    {
        code = CodeTable.NumberOf(text) is > 0 and var number ? new AttendanceCode(number) : default;
        return code != default && code != Faulty;
    }

    /// <summary>Reads <see cref="Text"/> back from where it was stored.</summary>
    /// <exception cref="FormatException">No code is written so.</exception>
    public static AttendanceCode Stored(string text) =>
        CodeTable.NumberOf(text) is > 0 and var number
            ? new AttendanceCode(number)
            : throw new FormatException($"'{text}' is no stored attendance code: the sheet is damaged.");

    /// <summary>What replaces a withdrawn code, in words; null if the code was never one or still is.</summary>
    /// <remarks>Source: FACTS B3.</remarks>
    public static string? SuccessorOf(string? withdrawn) => withdrawn switch
    {
        "H" => "C (exceptional circumstances) or G (holiday not granted)",
        "J" => "J1 (interview)",
        "Y" => "the one of Y1 to Y7 that gives the cause",
        "F" => "C (exceptional circumstances) or G (holiday not granted)",
        _ => null,
    };

    /// <summary>What the mark does to the whereabouts run, given who told the school.</summary>
    /// <remarks>
    /// A mark without a reporter counts as told by staff. G starts a run unless a known contact told the school. A reason told
    /// by somebody else, or by nobody knows whom, is no known reason: it holds, as the codes do that need verifying (FACTS B3:
    /// illness reported by someone other than a known contact must not close).
    /// </remarks>
    public MarkReading Reading(Reporter? reportedBy) => CodeTable.Rows[_number].Use switch
    {
        CodeUse.Seen => MarkReading.Explains,
        CodeUse.Elsewhere => MarkReading.Holds,
        CodeUse.Reason => reportedBy is Reporter.OtherContact or Reporter.Unknown ? MarkReading.Holds : MarkReading.Explains,
        CodeUse.Holiday => reportedBy == Reporter.KnownContact ? MarkReading.Explains : MarkReading.Starts,
        CodeUse.Unexplained => MarkReading.Starts,
        _ => MarkReading.Skipped,
    };

    public override string ToString() => _number == 0 ? "none" : this == Blank ? "blank" : Text;

    internal static AttendanceCode Numbered(byte number) => new(number);

    private static AttendanceCode Of(string text) => new(CodeTable.NumberOf(text));
}
