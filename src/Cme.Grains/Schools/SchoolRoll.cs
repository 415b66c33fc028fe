using System.Collections.Immutable;
using Cme.Contracts;
using Cme.Contracts.Schools;
using Cme.Domain.Children;
using Cme.Domain.Registers;
using Cme.Storage.Schools;

namespace Cme.Grains.Schools;

/// <summary>The roll as the registers need it, and which child each pupil is.</summary>
internal sealed class SchoolRoll
{
    private readonly ImmutableArray<RollEntry> _entries;             // By position.
    private string[]? _children;

    private SchoolRoll(ImmutableArray<RollEntry> entries, ImmutableArray<LeaveRecord> leaves)
    {
        Leaves = leaves;
        var granted = leaves.Where(leave => !leave.Cancelled).ToLookup(leave => leave.SchoolPupilId, RollWire.ToDomain);
        _entries = entries;
        Version = entries.Sum(entry => (long)entry.Version);
        Roll = new Roll(entries.Select(entry => new RollPupil(entry.SchoolPupilId, entry.YearGroup, entry.EntryDate)
        {
            Upn = entry.Upn,
            FormerUpns = entry.FormerUpns,
            Until = entry.LeavingDate,
            OnList = entry.OnList,
            Timetable = entry.Timetable,
            IsFlagged = Flags.IsFlagged(entry.Flags),
            Leaves = [.. granted[entry.SchoolPupilId]],
        }));
    }

    public static SchoolRoll Empty { get; } = new([], []);

    public Roll Roll { get; }

    /// <summary>Grows with every change of the roll, since each adds a pupil or raises the version of one; 0 until there is a roll.</summary>
    public long Version { get; }

    public RollEntry this[string schoolPupilId] => _entries[Roll.Find(schoolPupilId) ?? throw new KeyNotFoundException("No pupil of the roll has this id.")];

    public RollEntry? Find(string schoolPupilId) => Roll.Find(schoolPupilId) is { } position ? _entries[position] : null;

    /// <summary>The leaves of the school, each as it stands, cancelled ones too.</summary>
    public ImmutableArray<LeaveRecord> Leaves { get; }

    /// <param name="leaves">Each as it stands.</param>
    public static SchoolRoll Of(ImmutableArray<RollEntry> entries, ImmutableArray<LeaveRecord> leaves) => new(entries, leaves);

    /// <summary>The same pupils with other leaves.</summary>
    public SchoolRoll With(ImmutableArray<LeaveRecord> leaves) => new(_entries, leaves);

    /// <summary>The school pupil id of the one pupil whom a UPN or a school pupil id names, or null.</summary>
    public string? Named(string pupil) => (Roll.Find(pupil) ?? Roll.FindUpn(pupil)) is { } position ? Roll[position].Id : null;

    /// <summary>The children whom the school knows, on its list or not, each once.</summary>
    public IReadOnlyCollection<string> Children => _children ??= [.. _entries.Select(entry => entry.ChildId).Distinct()];

    /// <summary>The pupil ids under which the school knows a child: usually one.</summary>
    public IEnumerable<string> PupilsOf(string childId) =>
        _entries.Where(entry => entry.ChildId == childId).Select(entry => entry.SchoolPupilId).Order(StringComparer.Ordinal);

    /// <summary>Where a pupil stands with the list.</summary>
    public static RollPlace PlaceOf(RollEntry entry) =>
        new(entry.OnList, entry.LeavingDate, HasDetails: entry.Ground is { Length: > 0 } && entry.Destination is { Length: > 0 });

    /// <summary>
    /// One pupil of each child of whom the school owes, or owes no longer, the ground and the destination, and whom it has been
    /// told otherwise of. A child who has another pupil on the list is on it.
    /// </summary>
    /// <param name="toldOwing">The children of whom it was last told that they are owed.</param>
    public ImmutableArray<string> ChangedPlaces(ImmutableHashSet<string> toldOwing) =>
        toldOwing.IsEmpty && !_entries.Any(entry => PlaceOf(entry).Owes) ? [] :
        [
            .. from child in _entries.GroupBy(entry => entry.ChildId)
               let pupil = child.MinBy(entry => (PlaceOf(entry).Owes, entry.SchoolPupilId))!
               where PlaceOf(pupil).Owes != toldOwing.Contains(child.Key)
               orderby pupil.SchoolPupilId
               select pupil.SchoolPupilId,
        ];

    /// <summary>
    /// The refusal of a full list that loses more than the larger of 5 pupils and 2 %, unless the sender confirms the number: a
    /// list that lost rows must not make children disappear (DESIGN 9.12).
    /// </summary>
    public Outcome? Shrinks(RollChange change, RollCheck check)
    {
        var onList = _entries.Where(entry => entry.OnList).ToList();
        var lost = onList.Count(entry => !check.Named.Contains(entry.SchoolPupilId));
        return lost > Math.Max(5, onList.Count * 2 / 100) && change.ConfirmMissing != lost
            ? Outcome.Refused("roll-shrunk",
                $"This list lacks {lost} of the {onList.Count} pupils on roll, so nothing was changed. If they have left, send it again with \"confirmMissing\": {lost}.")
            : null;
    }
}
