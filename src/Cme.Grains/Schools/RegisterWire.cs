using System.Text.Json;
using Cme.Contracts;
using Cme.Contracts.Children;
using Cme.Contracts.Schools;
using Cme.Domain.Calendars;
using Cme.Domain.Registers;
using Cme.Grains.Episodes;
using Cme.Storage.History;
using Cme.Storage.Registers;

namespace Cme.Grains.Schools;

/// <summary>Between registers as they are sent, reckoned with, stored and signalled.</summary>
internal static class RegisterWire
{
    public static SessionOf ToSession(this RegisterSubmission submission) => EpisodeWire.Session(submission.Date, submission.Session);

    public static Submission ToDomain(this RegisterSubmission submission)
    {
        var marks = new SubmittedMark[submission.Marks.Length];
        for (var index = 0; index < marks.Length; index++)
        {
            var mark = submission.Marks[index];
            marks[index] = new(mark.Pupil, mark.ByUpn, mark.Code, Note(mark.MinutesLate, mark.ReasonText, mark.ReportedBy));
        }
        return new Submission
        {
            Session = submission.ToSession(), AsOf = submission.AsOf, Complete = submission.Complete, Correction = submission.Correction, Marks = marks,
        };
    }

    public static RegisterAnswer Answer(SheetChange change) => new()
    {
        Outcome = change.Refusal is { } refusal
            ? Outcome.Refused(refusal.Code, refusal.Detail)
            : Outcome.Done(change.Sheet?.Revision ?? 0, []),
        Revision = change.Sheet?.Revision ?? 0,
        Accepted = change.Accepted,
        Unchanged = change.Unchanged,
        Superseded = change.Superseded,
        Rejected = change.Rejected,
        Items = [.. change.Items.Select(item => new ItemFault(item.Index, item.Rejected, item.Code, item.Detail))],
    };

    public static Sheet ToSheet(SheetRecord record, Roll roll)
    {
        if (!record.Stored.IsEmpty)
        {
            var taker = new MarksOf(roll);
            SheetCodec.HandTo(taker, record.Stored.Span);
            return taker.Sheet.ToSheet(
                EpisodeWire.Session(record.Date, record.Session), record.Revision, record.AsOf, record.ReceivedAt, record.Complete);
        }
        return Sheet.Of(
            roll, EpisodeWire.Session(record.Date, record.Session), record.Revision, record.AsOf, record.ReceivedAt, record.Complete,
            record.Marks.Select(mark => KeyValuePair.Create(mark.SchoolPupilId, new Mark(
                AttendanceCode.Stored(mark.Code), mark.AsOf, mark.KnownAt, Note(mark.MinutesLate, mark.ReasonText, mark.ReportedBy)))));
    }

    /// <summary>A sheet straight from its bytes, with no record for each mark in between.</summary>
    private sealed class MarksOf(Roll roll) : IMarkTaker
    {
        private string _text = "";
        private AttendanceCode _code = AttendanceCode.Blank;

        public SheetReading Sheet { get; } = new(roll);

        public void Take(ReadOnlySpan<byte> pupilId, in StoredMark mark)
        {
            if (!ReferenceEquals(mark.Code, _text))
            {
                (_text, _code) = (mark.Code, AttendanceCode.Stored(mark.Code));
            }
            Sheet.Take(pupilId, _code, mark.AsOf, mark.KnownAt, Note(mark.MinutesLate, mark.ReasonText, mark.ReportedBy));
        }
    }

    /// <param name="confirms">True if the revision is held already and only its source's time is newer.</param>
    /// <param name="doubt">Why it looks wrong, if it does.</param>
    public static SheetRecord ToRecord(Sheet sheet, bool confirms, DoubtedRegister? doubt) => new()
    {
        Date = sheet.Session.Date,
        Session = SessionNames.Of(sheet.Session.Session),
        Revision = sheet.Revision,
        Confirms = confirms,
        AsOf = sheet.AsOf,
        ReceivedAt = sheet.ReceivedAt,
        Complete = sheet.Complete,
        DoubtedFrom = doubt?.Since,
        DoubtedUntil = doubt?.Until,
        Marks =
        [
            .. sheet.Marks().Select(pair => new MarkRecord
            {
                SchoolPupilId = pair.Key,
                Code = pair.Value.Code.Text,
                AsOf = pair.Value.AsOf,
                KnownAt = pair.Value.KnownAt,
                MinutesLate = pair.Value.Note?.MinutesLate,
                ReasonText = pair.Value.Note?.ReasonText,
                ReportedBy = pair.Value.Note?.ReportedBy is { } reporter ? ReporterNames.Of(reporter) : null,
            }),
        ],
    };

    /// <summary>Tells where a pupil now stands with the list, and nothing of the registers.</summary>
    public static AbsenceSignal PlaceSignal(string pupil, SignalOrigin origin, long sequence) =>
        About(pupil, origin, sequence) with { OfPlaceOnly = true };

    /// <summary>Tells the child's episodes at other schools that this one has seen the child.</summary>
    public static AbsenceSignal SightingSignal(PupilSeen seen, SignalOrigin origin, long sequence) => About(seen.Pupil, origin, sequence) with
    {
        OfSightingOnly = true,
        Explained = new Cme.Contracts.Children.ExplainingMark
        {
            Date = seen.Session.Date, Session = SessionNames.Of(seen.Session.Session), Code = seen.Mark.Code.Text, KnownAt = seen.Mark.KnownAt,
        },
    };

    public static AbsenceSignal ToSignal(PupilSignal signal, SignalOrigin origin, long sequence)
    {
        return About(signal.Pupil, origin, sequence) with
        {
            Run = [.. signal.Run.Sessions.Select(missed => new MissedSession
            {
                Date = missed.Session.Date,
                Session = SessionNames.Of(missed.Session.Session),
                Code = missed.Code.Text,
                RegistrationCloses = missed.RegistrationCloses,
                KnownAt = missed.KnownAt,
            })],
            Explained = (signal.Run.Explained ?? signal.Run.HeldBy) is not { } mark ? null : new Cme.Contracts.Children.ExplainingMark
            {
                Date = mark.Session.Date,
                Session = SessionNames.Of(mark.Session.Session),
                Code = mark.Code.Text,
                ReportedBy = mark.ReportedBy is { } reporter ? ReporterNames.Of(reporter) : null,
                ReasonText = mark.ReasonText,
                KnownAt = mark.KnownAt,
            },
            Reached = [.. signal.Run.Reached.Select(reached => new ReachedCount
            {
                Count = reached.Count, Days = reached.Days, On = reached.On, KnownAt = reached.KnownAt,
            })],
        };
    }

    private static AbsenceSignal About(string schoolPupilId, SignalOrigin origin, long sequence)
    {
        var pupil = origin.Roll[schoolPupilId];
        var place = SchoolRoll.PlaceOf(pupil);
        return new AbsenceSignal
        {
            Sequence = sequence,
            Authority = origin.School.Authority,
            Urn = origin.School.Urn,
            ChildId = pupil.ChildId,
            YearGroup = pupil.YearGroup,
            Flags = pupil.Flags,
            KnownAt = origin.KnownAt,
            CalendarVersion = origin.CalendarVersion,
            Pack = origin.Pack,
            FirstLanguage = pupil.FirstLanguage,
            Place = new ListPlace { IsOffRoll = place.IsOffRollOn(London.DateOf(origin.KnownAt)), Owes = place.Owes, LeavingDate = place.LeavingDate },
        };
    }

    public static SignalRecord ToRecord(AbsenceSignal signal) => new()
    {
        Sequence = signal.Sequence, ChildId = signal.ChildId, Payload = JsonSerializer.Serialize(signal, StateJson.Options), CreatedAt = signal.KnownAt,
    };

    public static AbsenceSignal FromRecord(SignalRecord record) => JsonSerializer.Deserialize<AbsenceSignal>(record.Payload, StateJson.Options)!;

    private static MarkNote? Note(int? minutesLate, string? reasonText, string? reportedBy) =>
        minutesLate is null && reasonText is null && reportedBy is null ? null : new MarkNote(minutesLate, reasonText, ReporterNames.Parse(reportedBy));
}

/// <summary>What goes along with every signal of a change: whose it is, and by which calendar and procedure it is judged.</summary>
internal sealed record SignalOrigin(
    (string Authority, string Urn) School, SchoolRoll Roll, int CalendarVersion, string Pack, DateTimeOffset KnownAt);
