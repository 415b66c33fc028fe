using System.Collections.Immutable;
using Cme.Contracts.Schools;
using Cme.Domain.Children;

namespace Cme.Grains.Schools;

/// <summary>Which items of a roll are good. A bad one is rejected by itself; the others are kept.</summary>
internal sealed class RollCheck
{
    private RollCheck(ImmutableArray<Pupil> good, ImmutableArray<ItemFault> items, ImmutableHashSet<string> named) =>
        (Good, Items, Named) = (good, items, named);

    public ImmutableArray<Pupil> Good { get; }

    /// <summary>Rejections and warnings, by index.</summary>
    public ImmutableArray<ItemFault> Items { get; }

    /// <summary>Every pupil id that the list names, also in items that were rejected here or could not even be read.</summary>
    public ImmutableHashSet<string> Named { get; }

    public int Rejected => Items.Count(item => item.Rejected);

    public static RollCheck Of(RollChange change)
    {
        var pupils = change.Pupils;
        var twice = Twice(pupils, pupil => pupil.SchoolPupilId);
        var sameUpn = Twice(pupils, pupil => pupil.Upn);
        var items = pupils.SelectMany(pupil => Faults(pupil, twice, sameUpn)).ToImmutableArray();
        var rejected = items.Where(item => item.Rejected).Select(item => item.Index).ToHashSet();
        return new RollCheck(
            [.. pupils.Where(pupil => !rejected.Contains(pupil.Index))], items, [.. pupils.Select(pupil => pupil.SchoolPupilId), .. change.Unreadable]);
    }

    private static HashSet<string> Twice(ImmutableArray<Pupil> pupils, Func<Pupil, string?> by) =>
        [.. pupils.GroupBy(by).Where(same => same.Key is not null && same.Skip(1).Any()).Select(same => same.Key!)];

    private static IEnumerable<ItemFault> Faults(Pupil pupil, HashSet<string> twice, HashSet<string> sameUpn)
    {
        if (twice.Contains(pupil.SchoolPupilId))
        {
            yield return new(pupil.Index, true, "duplicate-pupil", "The list has this schoolPupilId more than once, so none of them was taken. Send one.");
        }
        if (pupil.Upn is { } upn && sameUpn.Contains(upn))
        {
            yield return new(pupil.Index, true, "duplicate-upn", "The list has this UPN more than once, so none of them was taken. Check which pupil it belongs to.");
        }
        if (pupil.Upn is not null && Upn.Check(pupil.Upn) is { } fault)
        {
            yield return new(pupil.Index, !fault.IsWarning, fault.Code, fault.Detail);
        }
        if (pupil.LeavingDate < pupil.EntryDate)
        {
            yield return new(pupil.Index, true, "leaves-before-entry", "leavingDate is before entryDate. Correct one of them.");
        }
        foreach (var unknown in pupil.Flags.Where(flag => Flags.Find(flag) is null))
        {
            yield return new(pupil.Index, true, "unknown-flag", $"'{unknown}' is no flag. See the enumeration in the OpenAPI document.");
        }
    }
}
