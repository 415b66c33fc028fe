using System.Collections.Immutable;
using System.Security.Cryptography;
using Cme.Contracts;
using Cme.Contracts.Schools;
using Cme.Domain.Registers;
using Cme.Storage.Schools;
using Orleans.Storage;

namespace Cme.Grains.Schools;

internal sealed partial class SchoolGrain
{
    private const string Letters = "0123456789abcdefghjkmnpqrstvwxyz";

    public async Task<LeaveAnswer> GrantLeave(LeaveGrant grant)
    {
        if (_school is null)
        {
            return new LeaveAnswer { Outcome = UnknownSchool() };
        }
        if (_roll.Named(grant.Pupil) is not { } pupil)
        {
            return new LeaveAnswer { Outcome = Outcome.Refused("unknown-pupil", "No pupil of this school has that UPN or id. Send the school's roll first.") };
        }
        return await Put(new LeaveRecord
        {
            Id = $"leave-{RandomNumberGenerator.GetString(Letters, 12)}", Version = 1, SchoolPupilId = pupil, From = grant.From,
            ExpectedReturn = grant.ExpectedReturn, Reason = grant.Reason, AuthorisedBy = grant.AuthorisedBy, RecordedBy = grant.RecordedBy,
        });
    }

    public async Task<LeaveAnswer> ChangeLeave(LeaveChange change)
    {
        if (_roll.Leaves.FirstOrDefault(leave => leave.Id == change.Id) is not { } held)
        {
            return new LeaveAnswer { Outcome = Outcome.Refused("unknown-leave", "This school has granted no leave with that id.") };
        }
        if (change.IfMatch.Refusal(held.Version) is { } stale)
        {
            return new LeaveAnswer { Outcome = stale, Id = held.Id };
        }
        var changed = held with
        {
            ExpectedReturn = change.ExpectedReturn ?? held.ExpectedReturn, Cancelled = held.Cancelled || change.Cancelled, RecordedBy = change.RecordedBy,
        };
        if ((changed.ExpectedReturn, changed.Cancelled) == (held.ExpectedReturn, held.Cancelled))
        {
            return Answer(held);
        }
        return held.Cancelled
            ? new LeaveAnswer { Outcome = Outcome.Refused("leave-cancelled", "This leave was cancelled. Record another one.", held.Version), Id = held.Id }
            : await Put(changed with { Version = held.Version + 1 });
    }

    private async Task<LeaveAnswer> Put(LeaveRecord leave)
    {
        var others = _roll.Leaves.Where(other => other.SchoolPupilId == leave.SchoolPupilId && other.Id != leave.Id && !other.Cancelled);
        if (!leave.Cancelled && LeaveRules.Refusal(RollWire.ToDomain(leave), others.Select(RollWire.ToDomain), _calendar) is { } refusal)
        {
            return new LeaveAnswer { Outcome = Outcome.Refused(refusal.Code, refusal.Detail, leave.Version - 1), Id = leave.Version > 1 ? leave.Id : "" };
        }
        leave = leave with { RecordedAt = clock.GetUtcNow() };
        if (!await Durably(() => schools.PutLeaveAsync(_key.Authority, _key.Urn, leave)))
        {
            DeactivateOnIdle();
            throw new InconsistentStateException("Another activation of this school has written meanwhile. Send the leave again.");
        }
        _roll = _roll.With([.. _roll.Leaves.Where(other => other.Id != leave.Id), leave]);
        await Rebase();
        return Answer(leave);
    }

    /// <summary>
    /// A leave that was stored, and then a crash came before anybody was told, is told now: the window is taken up as it stood
    /// when the last register arrived. Told twice, it changes nothing the second time.
    /// </summary>
    private async Task TellOfLeavesSince(ImmutableArray<LeaveRecord> versions)
    {
        if (_book is { Window.AsAt: var asAt } && versions.Any(version => version.RecordedAt > asAt))
        {
            var before = _roll.With(LeaveRecord.AsOf(versions, asAt));
            _book = await ReadBook(before);
            await Rebase();
        }
    }

    private static LeaveAnswer Answer(LeaveRecord leave) => new() { Outcome = Outcome.Done(leave.Version, []), Id = leave.Id };
}
