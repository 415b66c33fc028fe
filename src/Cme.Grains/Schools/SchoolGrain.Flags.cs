using System.Collections.Immutable;
using Cme.Contracts.Children;
using Cme.Contracts.Schools;
using Cme.Storage.Registers;
using Orleans.Storage;

namespace Cme.Grains.Schools;

internal sealed partial class SchoolGrain
{
    /// <summary>
    /// Tells the children whose flags a roll changes, so that open episodes follow. The telling is durable before the roll is: if
    /// we fail in between, the list that comes again still finds the old flags, and nothing was lost.
    /// </summary>
    private async Task TellFlags(IEnumerable<Pupil> pupils)
    {
        if (_book is null)
        {
            return;                                                  // Without registers there are no episodes.
        }
        var changed = pupils.Where(pupil => _roll.Find(pupil.SchoolPupilId) is { } held && !held.Flags.ToHashSet().SetEquals(pupil.Flags));
        var now = clock.GetUtcNow();
        ImmutableArray<SignalRecord> signals = [.. changed.Select((pupil, index) => RegisterWire.ToRecord(new AbsenceSignal
        {
            Sequence = _book.LastSequence + index + 1,
            Authority = _key.Authority,
            Urn = _key.Urn,
            ChildId = _roll[pupil.SchoolPupilId].ChildId,
            YearGroup = pupil.YearGroup,
            Flags = pupil.Flags,
            KnownAt = now,
            FlagsOnly = true,
        }))];
        if (signals.IsEmpty)
        {
            return;
        }
        if (!await Durably(() => registers.AppendAsync(new RegisterAppend
            {
                Authority = _key.Authority, Urn = _key.Urn, Signals = signals, NextLookAt = _book.Window.NextChange,
            })))
        {
            DeactivateOnIdle();
            throw new InconsistentStateException("Another activation of this school has written meanwhile. Send the roll again.");
        }
        _book = _book.After(signals.Length);
        Owe(signals);
        await Deliver([.. signals.Select(signal => signal.ChildId).Distinct()]);
    }
}
