using System.Text;

namespace Cme.Domain.Registers;

/// <summary>A pupil as registers need to know the pupil.</summary>
/// <param name="Id">The school's own pupil id.</param>
/// <param name="YearGroup">As the school's calendar names it.</param>
/// <param name="From">First day on roll.</param>
public sealed record RollPupil(string Id, string YearGroup, DateOnly From)
{
    public string? Upn { get; init; }

    public IReadOnlyList<string> FormerUpns { get; init; } = [];

    /// <summary>The last day on roll; null if none is known.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>
    /// Whether the school's list still has the pupil. Of one whom it merely lacks no more marks are expected: that raises
    /// <c>not-on-list</c>, not an absence. The blanks that the pupil has already stand.
    /// </summary>
    public bool OnList { get; init; } = true;

    /// <summary>Whether a flag makes an absence of the child urgent: then no doubt about the register holds it back.</summary>
    public bool IsFlagged { get; init; }

    /// <summary>The part-week timetable by which the pupil comes, as the school's calendar names it; null for the whole week.</summary>
    public string? Timetable { get; init; }

    /// <summary>Leave that the school has granted, in any order. Inside it no mark makes the pupil unexplained (DOR-13).</summary>
    public IReadOnlyList<LeaveOfAbsence> Leaves { get; init; } = [];
}

/// <summary>
/// The pupils of a school, each at a fixed position, by which sheets keep their marks. It holds former pupils too: a register of
/// last month lists them. Immutable; a changed roll is a new one, and sheets are moved to it (<see cref="Sheet.On"/>).
/// </summary>
public sealed class Roll
{
    private const int Ambiguous = -1;

    private readonly RollPupil[] _pupils;
    private readonly Lazy<byte[][]> _ids;
    private readonly (DateOnly From, DateOnly Until)[] _onRoll;
    private readonly Dictionary<string, int> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _byUpn = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="ArgumentException">Two pupils have the same id.</exception>
    public Roll(IEnumerable<RollPupil> pupils)
    {
        _pupils = [.. pupils];
        _ids = new(() => [.. _pupils.Select(pupil => Encoding.UTF8.GetBytes(pupil.Id))]);
        _onRoll = [.. _pupils.Select(pupil => (pupil.From, pupil.Until ?? DateOnly.MaxValue))];
        for (var position = 0; position < _pupils.Length; position++)
        {
            _byId.Add(_pupils[position].Id, position);
        }

        AddUpns(pupil => pupil.Upn is { Length: > 0 } upn ? [upn] : [], replace: true);
        AddUpns(pupil => pupil.FormerUpns, replace: false);
    }

    public int Count => _pupils.Length;

    public RollPupil this[int position] => _pupils[position];

    /// <summary>The position of the pupil with that school pupil id, or null.</summary>
    public int? Find(string id) => _byId.TryGetValue(id, out var position) ? position : null;

    /// <summary>The position of the pupil with that UPN, present or former; null if there is none, or more than one.</summary>
    public int? FindUpn(string upn) => _byUpn.TryGetValue(upn, out var position) && position != Ambiguous ? position : null;

    /// <summary>Whether a register of that day is expected to list the pupil.</summary>
    public bool Expects(int position, DateOnly date) => _pupils[position].OnList && WasOnRoll(position, date);

    /// <summary>How many pupils of a year group a register of that day is expected to list.</summary>
    public int CountExpected(string yearGroup, DateOnly date)
    {
        var count = 0;
        for (var position = 0; position < _pupils.Length; position++)
        {
            count += _pupils[position].YearGroup == yearGroup && Expects(position, date) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Whether the pupil was on roll on that day, by the entry and leaving dates.</summary>
    public bool WasOnRoll(int position, DateOnly date) => date >= _onRoll[position].From && date <= _onRoll[position].Until;

    /// <summary>Whether the pupil was on granted leave that day, and not yet expected back.</summary>
    public bool WasOnLeave(int position, DateOnly date)
    {
        foreach (var leave in _pupils[position].Leaves)
        {
            if (leave.Covers(date))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The position of the pupil whom a submitted mark names, or -1. <paramref name="likely"/> is tried first: a source sends its
    /// pupils in the same order every time, and a comparison costs less than a look-up.
    /// </summary>
    internal int PositionOf(in SubmittedMark mark, int likely)
    {
        if (!mark.ByUpn && likely < _pupils.Length && _pupils[likely].Id == mark.Pupil)
        {
            return likely;
        }

        return (mark.ByUpn ? FindUpn(mark.Pupil.Trim()) : Find(mark.Pupil)) ?? -1;
    }

    /// <summary>The position of the pupil with that school pupil id in UTF-8, or -1. <paramref name="likely"/> is tried first.</summary>
    internal int PositionOf(ReadOnlySpan<byte> id, int likely) =>
        likely < _pupils.Length && id.SequenceEqual(_ids.Value[likely]) ? likely : Find(Encoding.UTF8.GetString(id)) ?? -1;

    // A present UPN beats a former one, for a former UPN may have been another child's by mistake.
    private void AddUpns(Func<RollPupil, IReadOnlyList<string>> upns, bool replace)
    {
        for (var position = 0; position < _pupils.Length; position++)
        {
            foreach (var upn in upns(_pupils[position]))
            {
                if (!_byUpn.TryAdd(upn, position) && replace && _byUpn[upn] != position)
                {
                    _byUpn[upn] = Ambiguous;
                }
            }
        }
    }
}
