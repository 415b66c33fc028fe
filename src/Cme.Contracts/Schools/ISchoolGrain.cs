using Orleans;

namespace Cme.Contracts.Schools;

/// <summary>
/// One school or provider: its details, calendar, roll and registers, and who of its pupils has become unexplained or come
/// back. Every change is refused with <c>precondition-failed</c> or <c>if-match-required</c> if its precondition does not hold. Key: <see cref="Keys.School"/>.
/// </summary>
[Alias("cme.ISchoolGrain")]
public interface ISchoolGrain : IGrainWithStringKey
{
    /// <summary>Creates the school or replaces its details.</summary>
    [Alias("Put")] Task<Outcome> Put(SchoolDetails details);

    /// <summary>Publishes a school year's calendar. Refused with <c>unknown-school</c> or <c>calendar-invalid</c>.</summary>
    [Alias("PutCalendar")] Task<CalendarAnswer> PutCalendar(SchoolYearCalendar calendar);

    /// <summary>What publishing this school year would move; nothing changes. Refused as <see cref="PutCalendar"/>, but for a precondition.</summary>
    [SafeToRepeat, Alias("PreviewCalendar")] Task<CalendarAnswer> PreviewCalendar(SchoolYearCalendar calendar);

    /// <summary>
    /// Brings the school and its open episodes to the calendars as they are published now, its own and its authority's. Safe at any
    /// time: it is how a change that was interrupted is carried through.
    /// </summary>
    [SafeToRepeat, Alias("TakeCalendars")] Task<CalendarAnswer> TakeCalendars();

    /// <summary>
    /// Replaces the roll (<see cref="RollChange.Full"/>) or upserts some of its pupils. Refused with <c>unknown-school</c> or
    /// <c>roll-shrunk</c>; items that are wrong are rejected by themselves.
    /// </summary>
    [Alias("ChangeRoll")] Task<RollAnswer> ChangeRoll(RollChange change);

    /// <summary>
    /// Takes a register or a correction. When this returns without a refusal the sheet is durable, and with it the signals it
    /// causes. Refused with <c>unknown-school</c>, <c>no-calendar</c>, <c>not-a-school-day</c>, <c>session-in-future</c> or
    /// <c>register-not-taken</c> (a correction of a register never taken).
    /// </summary>
    [SafeToRepeat, Alias("TakeRegister")] Task<RegisterAnswer> TakeRegister(RegisterSubmission submission);

    /// <summary>
    /// Records leave that was granted. Whoever of the school was unexplained because of days that now are leave is signalled.
    /// Refused with <c>unknown-school</c>, <c>unknown-pupil</c>, <c>leave-return-not-after-start</c>, <c>leave-outside-calendar</c>
    /// or <c>leave-overlaps</c>.
    /// </summary>
    [Alias("GrantLeave")] Task<LeaveAnswer> GrantLeave(LeaveGrant grant);

    /// <summary>Changes or cancels a leave. Refused like a grant, with <c>unknown-leave</c> and with <c>leave-cancelled</c>.</summary>
    [Alias("ChangeLeave")] Task<LeaveAnswer> ChangeLeave(LeaveChange change);

    /// <summary>
    /// Looks whether registration has closed over blanks or the hold of a doubted register has ended, in case its reminder was lost.
    /// Safe to call at any time, any number of times.
    /// </summary>
    [SafeToRepeat, Alias("Look")] Task Look();

    /// <summary>Delivers the signals that are stored and not yet delivered. Safe to call at any time, any number of times.</summary>
    [SafeToRepeat, Alias("DeliverSignals")] Task DeliverSignals();
}
