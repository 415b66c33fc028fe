using Cme.Contracts.Children;
using Cme.Domain.Calendars;
using Cme.TestSupport.Terms;

namespace Cme.Grains.Specs.Episodes;

/// <summary>What the registers of a school say of Amina, in the words of the signals that school grains send.</summary>
internal static class Signals
{
    public const string Amina = "7k3q92mxh4b2";

    /// <summary>N stands in that session.</summary>
    public static AbsenceSignal Missing(long sequence, SessionOf session, DateTimeOffset known, string urn = "900001") => Of(sequence, known, urn) with
    {
        Run =
        [
            new MissedSession
            {
                Date = session.Date,
                Session = SessionNames.Of(session.Session),
                Code = "N",
                RegistrationCloses = Autumn2026.Calendar.RegistrationCloses(session),
                KnownAt = known,
            },
        ],
    };

    /// <summary>Nothing unexplained stands any more: the session has that code, reported by a known contact.</summary>
    public static AbsenceSignal Explained(long sequence, SessionOf session, string code, DateTimeOffset known) => Of(sequence, known, "900001") with
    {
        Explained = new ExplainingMark
        {
            Date = session.Date,
            Session = SessionNames.Of(session.Session),
            Code = code,
            ReportedBy = "known-contact",
            KnownAt = known,
        },
    };

    private static AbsenceSignal Of(long sequence, DateTimeOffset known, string urn) => new()
    {
        Sequence = sequence,
        Authority = "999",
        Urn = urn,
        ChildId = Amina,
        YearGroup = "4",
        KnownAt = known,
        CalendarVersion = 1,
        Pack = "northamptonshire",
    };
}
