using Cme.Domain.Calendars;

namespace Cme.Domain.Registers;

/// <summary>
/// A register as it stands at one revision: for each pupil of the roll the newest mark of all submissions so far. Immutable.
/// </summary>
/// <remarks>
/// A byte a pupil, and the few things that differ from pupil to pupil beside it: an authority's schools keep thirty days of
/// these in memory.
/// </remarks>
public sealed class Sheet
{
    private readonly byte[] _codes;
    private readonly ushort[]? _takings;
    private readonly Taking[] _table;
    private readonly Dictionary<int, MarkNote>? _notes;

    internal Sheet(Roll roll, byte[] codes, ushort[]? takings, Taking[] table, Dictionary<int, MarkNote>? notes)
    {
        Roll = roll;
        _codes = codes;
        _takings = takings;
        _table = table;
        _notes = notes;
    }

    public required SessionOf Session { get; init; }

    /// <summary>1 for the first; grows only when a mark changes.</summary>
    public required int Revision { get; init; }

    /// <summary>The newest source's time of all submissions so far.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>When the submission arrived that made this revision (business clock, UTC).</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>True once a submission claimed to be complete.</summary>
    public required bool Complete { get; init; }

    /// <summary>The roll by whose positions the marks are kept.</summary>
    public Roll Roll { get; }

    /// <summary>The mark held for the pupil at that position; null if nothing was recorded.</summary>
    public Mark? this[int position] =>
        _codes[position] == 0
            ? null
            : new Mark(AttendanceCode.Numbered(_codes[position]), TakingOf(position).AsOf, TakingOf(position).KnownAt, NoteOf(position));

    internal ReadOnlySpan<byte> Codes => _codes;

    internal bool HasNotes => _notes is not null;

    /// <summary>How many marks start a run if nobody says why: an upper bound, for a reason may explain one of them.</summary>
    internal int CountOfUnexplained
    {
        get
        {
            var count = 0;
            foreach (var code in _codes)
            {
                count += CodeTable.Starts[code] ? 1 : 0;
            }

            return count;
        }
    }

    /// <summary>Reads a stored sheet. Marks of pupils whom the roll does not know (erased since) are left out.</summary>
    public static Sheet Of(
        Roll roll, SessionOf session, int revision, DateTimeOffset asOf, DateTimeOffset receivedAt, bool complete,
        IEnumerable<KeyValuePair<string, Mark>> marks)
    {
        var draft = new SheetDraft(roll);
        foreach (var (pupil, mark) in marks)
        {
            if (roll.Find(pupil) is { } position)
            {
                draft.Put(position, mark.Code, new Taking(mark.AsOf, mark.KnownAt), mark.Note);
            }
        }

        return draft.ToSheet(session, revision, asOf, receivedAt, complete);
    }

    /// <summary>Takes a submission in. See <see cref="SheetMerge.Merge"/>.</summary>
    public static SheetChange Merge(Sheet? held, Submission submission, Roll roll, SchoolCalendar? calendar, DateTimeOffset now) =>
        SheetMerge.Merge(held, submission, roll, calendar, now);

    /// <summary>Every recorded mark with the school pupil id, in the order of the roll.</summary>
    public IEnumerable<KeyValuePair<string, Mark>> Marks()
    {
        for (var position = 0; position < _codes.Length; position++)
        {
            if (this[position] is { } mark)
            {
                yield return new(Roll[position].Id, mark);
            }
        }
    }

    /// <summary>The same sheet by the positions of another roll. Marks of pupils whom that roll does not know are left out.</summary>
    public Sheet On(Roll roll) => roll == Roll ? this : Of(roll, Session, Revision, AsOf, ReceivedAt, Complete, Marks());

    internal MarkNote? NoteOf(int position) => _notes?.GetValueOrDefault(position);

    internal Taking TakingOf(int position) => _table[_takings?[position] ?? 0];

    internal SheetDraft Draft() => new(Roll, _codes, _takings, _table, _notes);
}

/// <summary>When a mark was held by its source, and when it arrived here.</summary>
internal readonly record struct Taking(DateTimeOffset AsOf, DateTimeOffset KnownAt);
