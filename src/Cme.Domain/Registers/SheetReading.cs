using Cme.Domain.Calendars;

namespace Cme.Domain.Registers;

/// <summary>
/// A stored sheet in the making, mark by mark. Marks of pupils whom the roll does not know (erased since) are left out. Sheets are stored in
/// the order of the roll, so that the pupil after the one before is nearly always the one meant.
/// </summary>
public sealed class SheetReading(Roll roll)
{
    private readonly SheetDraft _draft = new(roll);
    private int _likely;

    /// <param name="pupilId">The school pupil id in UTF-8.</param>
    public void Take(ReadOnlySpan<byte> pupilId, AttendanceCode code, DateTimeOffset asOf, DateTimeOffset knownAt, MarkNote? note)
    {
        if (roll.PositionOf(pupilId, _likely) is >= 0 and var position)
        {
            _draft.Put(position, code, new Taking(asOf, knownAt), note);
            _likely = position + 1;
        }
    }

    public Sheet ToSheet(SessionOf session, int revision, DateTimeOffset asOf, DateTimeOffset receivedAt, bool complete) =>
        _draft.ToSheet(session, revision, asOf, receivedAt, complete);
}
