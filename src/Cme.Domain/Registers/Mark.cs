using Cme.Domain.Calendars;

namespace Cme.Domain.Registers;

/// <summary>Who told the school why a pupil is away.</summary>
public enum Reporter
{
    /// <summary>A parent or contact whom the school has on record.</summary>
    KnownContact,
    OtherContact,
    Staff,
    Unknown,
}

/// <summary>How reporters are written outside.</summary>
public static class ReporterNames
{
    public static string Of(Reporter reporter) => reporter switch
    {
        Reporter.KnownContact => "known-contact",
        Reporter.OtherContact => "other-contact",
        Reporter.Staff => "staff",
        _ => "unknown",
    };

    /// <summary>The reporter of that name; null for null. Any other word is <see cref="Reporter.Unknown"/>, which never closes.</summary>
    public static Reporter? Parse(string? name) => name switch
    {
        null => null,
        "known-contact" => Reporter.KnownContact,
        "other-contact" => Reporter.OtherContact,
        "staff" => Reporter.Staff,
        _ => Reporter.Unknown,
    };
}

/// <summary>What a mark says besides its code.</summary>
/// <param name="MinutesLate">Minutes after the session started, for L and U.</param>
/// <param name="ReasonText">The reason as told. Personal data.</param>
/// <param name="ReportedBy">Who told it; null if no reason was given.</param>
public sealed record MarkNote(int? MinutesLate, string? ReasonText, Reporter? ReportedBy);

/// <summary>The mark that a sheet holds for one pupil.</summary>
/// <param name="Code">May be a blank, or faulty.</param>
/// <param name="AsOf">When the source last held this mark.</param>
/// <param name="KnownAt">When this mark arrived here; confirming it later does not change that.</param>
/// <param name="Note">Null if the mark says nothing besides its code.</param>
public readonly record struct Mark(AttendanceCode Code, DateTimeOffset AsOf, DateTimeOffset KnownAt, MarkNote? Note = null)
{
    public MarkReading Reading => Code.Reading(Note?.ReportedBy);
}

/// <summary>One mark as sent: unchecked.</summary>
/// <param name="Pupil">A UPN or the school's own pupil id.</param>
/// <param name="ByUpn">Which of the two.</param>
/// <param name="Code">As sent; empty for a blank.</param>
/// <param name="Note">Null if the mark says nothing besides its code.</param>
public readonly record struct SubmittedMark(string Pupil, bool ByUpn, string Code, MarkNote? Note = null);

/// <summary>A register of one session as sent, or a correction of some of its marks.</summary>
public sealed record Submission
{
    public required SessionOf Session { get; init; }

    /// <summary>When the source held these marks.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Pupils of the roll who are not listed have no mark.</summary>
    public bool Complete { get; init; }

    /// <summary>Corrects a register that was taken before.</summary>
    public bool Correction { get; init; }

    /// <summary>In the order sent. May be a part of a pooled array: nothing keeps it.</summary>
    public required ReadOnlyMemory<SubmittedMark> Marks { get; init; }
}
