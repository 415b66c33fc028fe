using Cme.Domain.Calendars;

namespace Cme.Domain.Registers;

/// <summary>A sheet in the making.</summary>
internal sealed class SheetDraft
{
    private readonly Roll _roll;
    private readonly byte[] _codes;
    private readonly List<Taking> _table;
    private ushort[]? _takings;
    private Dictionary<int, MarkNote>? _notes;
    private int _latest;

    public SheetDraft(Roll roll)
    {
        _roll = roll;
        _codes = new byte[roll.Count];
        _table = [];
    }

    public SheetDraft(Roll roll, byte[] codes, ushort[]? takings, Taking[] table, Dictionary<int, MarkNote>? notes)
    {
        _roll = roll;
        _codes = [.. codes];
        _takings = takings is null ? null : [.. takings];
        _table = [.. table];
        _notes = notes is null ? null : new(notes);
    }

    public byte CodeAt(int position) => _codes[position];

    /// <summary>When the mark at that position was taken, if there is one.</summary>
    public Taking TakingAt(int position) => _table[_takings?[position] ?? 0];

    public MarkNote? NoteAt(int position) => _notes?.GetValueOrDefault(position);

    public void Put(int position, AttendanceCode code, in Taking taking, MarkNote? note)
    {
        _codes[position] = code.Number;
        Time(position, taking);
        if (note is not null)
        {
            (_notes ??= [])[position] = note;
        }
        else
        {
            _notes?.Remove(position);
        }
    }

    /// <summary>The mark stays as it is; only its times change.</summary>
    public void Time(int position, in Taking taking)
    {
        var index = IndexOf(taking);
        if (index > 0 && _takings is null)
        {
            _takings = new ushort[_codes.Length];
        }

        if (_takings is not null)
        {
            _takings[position] = (ushort)index;
        }
    }

    public Sheet ToSheet(SessionOf session, int revision, DateTimeOffset asOf, DateTimeOffset receivedAt, bool complete)
    {
        DropUnusedTakings();
        return new Sheet(_roll, _codes, _takings, [.. _table], _notes is { Count: > 0 } ? _notes : null)
        {
            Session = session, Revision = revision, AsOf = asOf, ReceivedAt = receivedAt, Complete = complete,
        };
    }

    // Marks come by the hundred with the same times, so the index found last is nearly always the one wanted.
    private int IndexOf(in Taking taking)
    {
        if (_latest < _table.Count && _table[_latest] == taking)
        {
            return _latest;
        }

        _latest = _table.LastIndexOf(taking);
        if (_latest < 0)
        {
            _latest = _table.Count;
            _table.Add(taking);
        }

        return _latest;
    }

    private void DropUnusedTakings()
    {
        if (_takings is null)
        {
            return;
        }

        var kept = new List<Taking>();
        for (var position = 0; position < _codes.Length; position++)
        {
            if (_codes[position] != 0)
            {
                var taking = _table[_takings[position]];
                var index = kept.LastIndexOf(taking);
                if (index < 0)
                {
                    index = kept.Count;
                    kept.Add(taking);
                }

                _takings[position] = (ushort)index;
            }
            else
            {
                _takings[position] = 0;
            }
        }

        _table.Clear();
        _table.AddRange(kept);
        if (kept.Count <= 1)
        {
            _takings = null;
        }
    }
}
