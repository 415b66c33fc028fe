using System.Buffers;
using System.Collections.Immutable;
using Cme.Domain.Calendars;

namespace Cme.Domain.Registers;

/// <summary>
/// Merges what a school sends into the register that is held. For each pupil the newest mark by the source's time stands,
/// whatever the order of arrival; of two marks of one time, the one that arrives later.
/// </summary>
/// <remarks>
/// To leave a pupil out of a complete register is a mark too, a blank. Good marks are taken and bad ones change nothing, but a
/// pupil whose only mark was bad is kept as faulty, so that nobody reads a slip of the source as an absence (DESIGN 4).
/// </remarks>
internal static class SheetMerge
{
    public static SheetChange Merge(Sheet? held, Submission submission, Roll roll, SchoolCalendar? calendar, DateTimeOffset now)
    {
        held = held?.On(roll);
        submission = submission with { AsOf = Believed(submission.AsOf, now) };
        if (RegisterRefusals.Of(held, submission, calendar, now) is { } refusal)
        {
            return new SheetChange { Effect = SheetEffect.Refused, Sheet = held, Refusal = refusal };
        }

        var pupils = ArrayPool<int>.Shared.Rent(roll.Count + submission.Marks.Length);
        try
        {
            var mentions = pupils.AsSpan(0, roll.Count);
            var positions = pupils.AsSpan(roll.Count, submission.Marks.Length);
            Find(submission.Marks.Span, roll, positions, mentions);
            var merge = new Merging(held, submission, roll, now);
            merge.TakeMarks(positions, mentions);
            return merge.Finish(mentions);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(pupils);
        }
    }

    /// <summary>
    /// A source whose clock is a day or more ahead is not believed: its marks would win over every correction until that day
    /// has come. What it sends counts from its arrival.
    /// </summary>
    private static DateTimeOffset Believed(DateTimeOffset asOf, DateTimeOffset now) => asOf < now.AddDays(1) ? asOf : now;

    private static void Find(ReadOnlySpan<SubmittedMark> marks, Roll roll, Span<int> positions, Span<int> mentions)
    {
        mentions.Clear();
        var likely = 0;
        for (var i = 0; i < marks.Length; i++)
        {
            var position = roll.PositionOf(in marks[i], likely);
            positions[i] = position;
            if (position >= 0)
            {
                mentions[position]++;
                likely = position + 1;
            }
        }
    }

    private sealed class Merging(Sheet? held, Submission submission, Roll roll, DateTimeOffset now)
    {
        private readonly SheetDraft _draft = held?.Draft() ?? new SheetDraft(roll);
        private readonly Taking _new = new(submission.AsOf, now);
        private ImmutableArray<MarkFault>.Builder? _faults;
        private Dictionary<int, string>? _faulty;
        private int _accepted;
        private int _unchanged;
        private int _superseded;
        private int _rejected;
        private int _blanked;
        private bool _confirmed;

        public void TakeMarks(ReadOnlySpan<int> positions, ReadOnlySpan<int> mentions)
        {
            var marks = submission.Marks.Span;
            for (var i = 0; i < marks.Length; i++)
            {
                ref readonly var mark = ref marks[i];
                var position = positions[i];
                if (position < 0)
                {
                    Reject(i, "unknown-pupil", mark.ByUpn
                        ? "No pupil, or more than one, has this UPN. Send the school's roll first, or name the pupil by schoolPupilId."
                        : "No pupil of the roll has this id. Send the school's roll first.");
                }
                else if (mentions[position] > 1)
                {
                    RejectOf(position, i, "duplicate-pupil", "The pupil is listed more than once, so none of the marks was taken. Send one of them.");
                }
                else if (AttendanceCode.TryParse(mark.Code, out var code))
                {
                    Warn(i, position, code);
                    Take(position, code, mark.Note);
                }
                else
                {
                    RejectCode(position, i, mark.Code);
                }
            }
        }

        public SheetChange Finish(ReadOnlySpan<int> mentions)
        {
            var nothingGood = _rejected > 0 && _accepted + _unchanged + _superseded == 0;
            if (!nothingGood)
            {
                KeepTheFaulty();
            }

            if (submission.Complete && !nothingGood)
            {
                BlankTheOmitted(mentions);
            }

            var changed = !nothingGood
                && (held is null || _accepted + _blanked > 0 || (submission.Complete && !held.Complete));
            var effect = changed ? SheetEffect.Changed
                : _confirmed ? SheetEffect.Confirmed
                : SheetEffect.Unchanged;
            return new SheetChange
            {
                Effect = effect,
                Sheet = effect == SheetEffect.Unchanged ? held : ToSheet(changed),
                Accepted = _accepted, Unchanged = _unchanged, Superseded = _superseded, Rejected = _rejected,
                Items = _faults?.DrainToImmutable() ?? [],
            };
        }

        private Sheet ToSheet(bool changed) => _draft.ToSheet(
            submission.Session,
            (held?.Revision ?? 0) + (changed ? 1 : 0),
            held is { } before && before.AsOf > submission.AsOf ? before.AsOf : submission.AsOf,
            changed ? now : held!.ReceivedAt,
            submission.Complete || held is { Complete: true });

        private void Take(int position, AttendanceCode code, MarkNote? note)
        {
            switch (Put(position, code, note))
            {
                case Effect.Newer: _accepted++; break;
                case Effect.Same: _unchanged++; break;
                default: _superseded++; break;
            }
        }

        private void BlankTheOmitted(ReadOnlySpan<int> mentions)
        {
            for (var position = 0; position < mentions.Length; position++)
            {
                if (mentions[position] == 0 && (_draft.CodeAt(position) != 0 || roll.Expects(position, submission.Session.Date)))
                {
                    _blanked += Put(position, AttendanceCode.Blank, note: null) == Effect.Newer ? 1 : 0;
                }
            }
        }

        // Who was listed, and has no mark all the same, had one that was rejected: neither blank nor present, and the fault is kept.
        private void KeepTheFaulty()
        {
            foreach (var (position, code) in _faulty ?? [])
            {
                if (_draft.CodeAt(position) == 0)
                {
                    _draft.Put(position, AttendanceCode.Faulty, _new, new MarkNote(null, code, null));
                    _blanked++;
                }
            }
        }

        private Effect Put(int position, AttendanceCode code, MarkNote? note)
        {
            var standing = AttendanceCode.Numbered(_draft.CodeAt(position));
            if (standing == AttendanceCode.None)
            {
                _draft.Put(position, code, _new, note);
                return Effect.Newer;
            }

            var taken = _draft.TakingAt(position);
            var replaces = standing == AttendanceCode.Faulty && code != AttendanceCode.Blank;
            if (!replaces && submission.AsOf < taken.AsOf)
            {
                return Effect.Older;
            }

            if (!replaces && standing == code && _draft.NoteAt(position) == note)
            {
                if (submission.AsOf > taken.AsOf)
                {
                    _draft.Time(position, taken with { AsOf = submission.AsOf });
                    _confirmed = true;
                }

                return Effect.Same;
            }

            _draft.Put(position, code, _new, note);
            return Effect.Newer;
        }

        private void Warn(int index, int position, AttendanceCode code)
        {
            var session = submission.Session;
            if (code == OtherPresent(session.Session))
            {
                Add(index, rejected: false, "code-of-other-session",
                    $"'{code}' is the code of the other session. It was taken as present; use {(session.Session == Session.Am ? "/" : "\\")}.");
            }
            else if (!roll.Expects(position, session.Date) && code.Category != AttendanceCategory.NotCollected)
            {
                Add(index, rejected: false, "not-on-roll-that-day",
                    $"The pupil was not on roll on {session.Date:O}. The mark was taken; check the entry and leaving dates on the roll.");
            }
        }

        private static AttendanceCode OtherPresent(Session session) =>
            session == Session.Am ? AttendanceCode.PresentAfternoon : AttendanceCode.PresentMorning;

        private void RejectCode(int position, int index, string? code)
        {
            if (AttendanceCode.SuccessorOf(code) is { } successor)
            {
                RejectOf(position, index, "withdrawn-code", $"Code {code} was withdrawn. Use {successor}.");
            }
            else
            {
                RejectOf(position, index, "unknown-code", $"'{Shortened(code)}' is no attendance code. Use one of the codes of regulation 10, in capitals.");
            }
        }

        private void RejectOf(int position, int index, string code, string detail)
        {
            (_faulty ??= [])[position] = code;
            Reject(index, code, detail);
        }

        private void Reject(int index, string code, string detail)
        {
            _rejected++;
            Add(index, rejected: true, code, detail);
        }

        private void Add(int index, bool rejected, string code, string detail) =>
            (_faults ??= ImmutableArray.CreateBuilder<MarkFault>()).Add(new MarkFault(index, rejected, code, detail));

        private static string Shortened(string? code) => code is { Length: > 10 } ? $"{code[..10]}…" : code ?? "";

        private enum Effect
        {
            Older,
            Same,
            Newer,
        }
    }
}
