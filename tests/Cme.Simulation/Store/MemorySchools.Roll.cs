using System.Collections.Immutable;
using Cme.Storage.Schools;

namespace Cme.Simulation.Store;

internal sealed partial class MemorySchools
{
    /// <summary>Which child each pupil is, by UPN, former UPN, name and birth date; then who is on the list. As <c>cme.change_roll</c>.</summary>
    private RollStored ChangeRoll(
        string authority, string urn, bool full, IReadOnlyList<PupilRecord> pupils, IReadOnlyCollection<string> listed)
    {
        var items = pupils.Select(pupil => new Item(pupil, database.NewChildId(), HeldOf(authority, urn, pupil)?.ChildId)).ToList();
        ClaimUpns(authority, items);
        var taken = new HashSet<string>();
        var stored = items.ConvertAll(item => (Item: item, Child: ChildOf(authority, item, taken, out var conflict), Conflict: conflict));
        var answers = stored.ConvertAll(one => new PupilStored(
            one.Item.Pupil.SchoolPupilId, one.Child, Put(authority, urn, one.Item.Pupil with { ChildId = one.Child }), one.Conflict));
        return new RollStored([.. answers], full ? TakeOff(authority, urn, [.. listed, .. pupils.Select(pupil => pupil.SchoolPupilId)]) : []);
    }

    private void ClaimUpns(string authority, List<Item> items)
    {
        foreach (var item in items.Where(item => item.Pupil.Upn is not null))
        {
            var former = item.Pupil.FormerUpns.Order(StringComparer.Ordinal)
                .Select(upn => database.ChildOfUpn.GetValueOrDefault((authority, upn)))
                .FirstOrDefault(child => child is not null && IsSame(authority, child, item.Pupil));
            database.ChildOfUpn.TryAdd((authority, item.Pupil.Upn!), item.Held ?? former ?? item.NewId);
        }
    }

    private string ChildOf(string authority, Item item, HashSet<string> taken, out bool conflict)
    {
        var named = item.Pupil.Upn is { } upn ? database.ChildOfUpn.GetValueOrDefault((authority, upn)) : null;
        var first = item.Pupil.Upn is null || taken.Add(item.Pupil.Upn);     // Twice in one list is not one child twice.
        var child = item.Held ?? (named is not null && first && IsSame(authority, named, item.Pupil) ? named : item.NewId);
        conflict = named is not null && named != child;
        return child;
    }

    /// <summary>Two records are of one child unless the name and the birth date both differ.</summary>
    private bool IsSame(string authority, string child, PupilRecord pupil)
    {
        var known = database.Pupils.Where(row => row.Key.Authority == authority && row.Value.Pupil.ChildId == child).Select(row => row.Value.Pupil).ToList();
        return known.Count == 0 || known.Exists(one => one.DateOfBirth == pupil.DateOfBirth
            || (string.Equals(one.Forename, pupil.Forename, StringComparison.OrdinalIgnoreCase)
                && string.Equals(one.Surname, pupil.Surname, StringComparison.OrdinalIgnoreCase)));
    }

    private PupilRecord? HeldOf(string authority, string urn, PupilRecord pupil) =>
        database.Pupils.GetValueOrDefault((authority, urn, pupil.SchoolPupilId))?.Pupil;

    private bool Put(string authority, string urn, PupilRecord pupil)
    {
        var held = HeldOf(authority, urn, pupil);
        var next = pupil with { OnList = true, Version = held?.Version ?? 1 };
        if (held is not null && IsUnchanged(held, next))
        {
            return false;
        }
        next = held is null ? next : next with { Version = held.Version + 1 };
        database.Pupils[(authority, urn, pupil.SchoolPupilId)] = new PupilRow(next, database.Now);
        return true;
    }

    private static bool IsUnchanged(PupilRecord held, PupilRecord next) =>
        held == next with { FormerUpns = held.FormerUpns, Flags = held.Flags, Particulars = held.Particulars }
        && held.FormerUpns.SequenceEqual(next.FormerUpns) && held.Flags.SequenceEqual(next.Flags) && SameJson(held.Particulars, next.Particulars);

    private ImmutableArray<string> TakeOff(string authority, string urn, HashSet<string> listed)
    {
        var gone = PupilsOf(authority, urn).Where(pupil => pupil.OnList && !listed.Contains(pupil.SchoolPupilId)).ToList();
        foreach (var pupil in gone)
        {
            database.Pupils[(authority, urn, pupil.SchoolPupilId)] = new PupilRow(pupil with { OnList = false, Version = pupil.Version + 1 }, database.Now);
        }
        return [.. gone.Select(pupil => pupil.SchoolPupilId)];
    }

    private sealed record Item(PupilRecord Pupil, string NewId, string? Held);
}
