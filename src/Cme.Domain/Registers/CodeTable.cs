namespace Cme.Domain.Registers;

/// <summary>What the whereabouts run makes of a code. Source: DESIGN 5.</summary>
internal enum CodeUse
{
    NotExpected,
    Seen,
    Elsewhere,
    Reason,
    Holiday,
    Unexplained,
}

internal readonly record struct CodeRow(string Text, string Meaning, AttendanceCategory Category, CodeUse Use);

/// <summary>The codes by number. The first three are states that a register has besides; the 34 codes follow.</summary>
/// <remarks>Source: FACTS B3 (regulation 10 of SI 2024/208); the last column is DESIGN 5.</remarks>
internal static class CodeTable
{
    public const int FirstCode = 3;

    public static readonly CodeRow[] Rows =
    [
        new("-", "Nothing recorded", AttendanceCategory.None, CodeUse.NotExpected),
        new("", "Blank: no mark in a register that was taken", AttendanceCategory.None, CodeUse.Unexplained),
        new("?", "A mark that could not be taken", AttendanceCategory.None, CodeUse.NotExpected),
        new("/", "Present, morning", AttendanceCategory.Present, CodeUse.Seen),
        new("\\", "Present, afternoon", AttendanceCategory.Present, CodeUse.Seen),
        new("L", "Late, arrived before the register closed", AttendanceCategory.Present, CodeUse.Seen),
        new("K", "At provision arranged by the local authority", AttendanceCategory.Present, CodeUse.Elsewhere),
        new("V", "Educational visit or trip", AttendanceCategory.Present, CodeUse.Seen),
        new("P", "Sporting activity", AttendanceCategory.Present, CodeUse.Elsewhere),
        new("W", "Work experience", AttendanceCategory.Present, CodeUse.Elsewhere),
        new("B", "Any other approved educational activity off site", AttendanceCategory.Present, CodeUse.Elsewhere),
        new("D", "Dual registered, expected at the other school", AttendanceCategory.NotRequired, CodeUse.Elsewhere),
        new("C", "Leave of absence, exceptional circumstances", AttendanceCategory.Authorised, CodeUse.Reason),
        new("C1", "Leave for regulated performance or regulated employment abroad", AttendanceCategory.Authorised, CodeUse.Reason),
        new("C2", "Leave under a part-time timetable", AttendanceCategory.Authorised, CodeUse.Elsewhere),
        new("E", "Suspended or permanently excluded, no alternative provision made", AttendanceCategory.Authorised, CodeUse.Elsewhere),
        new("I", "Illness (physical or mental), not an appointment", AttendanceCategory.Authorised, CodeUse.Reason),
        new("J1", "Interview for job or place at another school or college", AttendanceCategory.Authorised, CodeUse.Reason),
        new("M", "Medical or dental appointment", AttendanceCategory.Authorised, CodeUse.Reason),
        new("R", "Religious observance", AttendanceCategory.Authorised, CodeUse.Reason),
        new("S", "Study leave", AttendanceCategory.Authorised, CodeUse.Reason),
        new("T", "Parent travelling for occupational purposes (mobile child)", AttendanceCategory.Authorised, CodeUse.Reason),
        new("G", "Holiday not granted by the school", AttendanceCategory.Unauthorised, CodeUse.Holiday),
        new("N", "Reason for absence not yet established", AttendanceCategory.Unauthorised, CodeUse.Unexplained),
        new("O", "Absent in other or unknown circumstances", AttendanceCategory.Unauthorised, CodeUse.Unexplained),
        new("U", "Arrived in school after the register closed", AttendanceCategory.Unauthorised, CodeUse.Seen),
        new("Q", "Unable to attend, access arrangements lacking", AttendanceCategory.NotRequired, CodeUse.Reason),
        new("X", "Below or above compulsory school age, not required to attend", AttendanceCategory.NotRequired, CodeUse.NotExpected),
        new("Y1", "Transport normally provided not available", AttendanceCategory.NotRequired, CodeUse.NotExpected),
        new("Y2", "Widespread disruption to travel", AttendanceCategory.NotRequired, CodeUse.NotExpected),
        new("Y3", "Part of the premises closed", AttendanceCategory.NotRequired, CodeUse.NotExpected),
        new("Y4", "Whole school site unexpectedly closed", AttendanceCategory.NotRequired, CodeUse.NotExpected),
        new("Y5", "In criminal justice detention", AttendanceCategory.NotRequired, CodeUse.NotExpected),
        new("Y6", "Absent under public health guidance or law", AttendanceCategory.NotRequired, CodeUse.NotExpected),
        new("Y7", "Any other unavoidable cause affecting the pupil", AttendanceCategory.NotRequired, CodeUse.NotExpected),
        new("Z", "Prospective pupil not yet on the admission register", AttendanceCategory.NotCollected, CodeUse.NotExpected),
        new("#", "Planned whole-school closure (holiday, INSET)", AttendanceCategory.NotCollected, CodeUse.NotExpected),
    ];

    /// <summary>Whether a code starts a run when nobody says why, by number.</summary>
    public static readonly bool[] Starts = [.. Rows.Select(row => row.Use is CodeUse.Unexplained or CodeUse.Holiday)];

    // A register has hundreds of marks, nearly all of one character: one look into an array finds those.
    private static readonly byte[] OfOneCharacter = NumbersByFirst(row => row.Text.Length == 1 ? row.Text[0] : '\0');

    public static byte NumberOf(string? text)
    {
        if (text is [var only])
        {
            return only < OfOneCharacter.Length ? OfOneCharacter[only] : (byte)0;
        }

        for (var number = 1; number < Rows.Length; number++)
        {
            if (Rows[number].Text == text)
            {
                return (byte)number;
            }
        }

        return 0;
    }

    private static byte[] NumbersByFirst(Func<CodeRow, char> character)
    {
        var numbers = new byte[128];
        for (var number = 1; number < Rows.Length; number++)
        {
            numbers[character(Rows[number])] = (byte)number;
        }

        numbers[0] = 0;
        return numbers;
    }
}
