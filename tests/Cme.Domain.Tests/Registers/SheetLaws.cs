using Cme.Domain.Calendars;
using Cme.Domain.Registers;
using FsCheck;
using FsCheck.Fluent;
using static Cme.Domain.Tests.Registers.School;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Registers;

// A register sent twice, late or out of order gives the state of the newest marks (DESIGN 4).
public class SheetLaws
{
    private static readonly SessionOf Tuesday = Am("Tue 8 Sep 2026");
    private static readonly DateTimeOffset Start = At("Tue 8 Sep 2026 09:00");
    private const string LeftOut = "left out";

    private static readonly string[] Codes = ["/", "N", "I", "L", "#", ""];

    // Each submission has a time of its own; deliveries are those submissions, some of them twice, in any order.
    private static readonly Arbitrary<(Submission[] Sent, Submission[] Delivered)> Deliveries =
        (from sent in Submissions
         from again in Gen.Choose(0, sent.Length - 1).ListOf()
         from delivered in Gen.Shuffle(sent.Concat(again.Select(index => sent[index])))
         select (sent, delivered.ToArray())).ToArbitrary();

    private static Gen<Submission[]> Submissions =>
        from count in Gen.Choose(1, 6)
        from parts in Marks.ArrayOf(count)
        from complete in Gen.Elements(true, false).ArrayOf(count)
        select parts.Select((marks, index) =>
            Register(Tuesday, Start.AddMinutes(index), marks) with { Complete = complete[index] }).ToArray();

    private static Gen<string[]> Marks =>
        from codes in Gen.Elements(Codes.Append(LeftOut)).ArrayOf(Pupils.Count)
        select codes.Select((code, position) => (Pupils[position].Id, Code: code))
            .Where(mark => mark.Code != LeftOut).Select(mark => $"{mark.Id} {mark.Code}").ToArray();

    [Fact]
    public void The_newest_marks_stand_whatever_the_order_of_arrival() =>
        Prop.ForAll(Deliveries, deliveries =>
            State(Deliver(deliveries.Delivered)) == Newest(deliveries.Sent)).QuickCheckThrowOnFailure();

    [Fact]
    public void Delivering_everything_again_changes_no_mark_and_no_revision() =>
        Prop.ForAll(Deliveries, deliveries =>
        {
            var once = Deliver(deliveries.Delivered);
            var twice = Deliver([.. deliveries.Delivered, .. deliveries.Sent]);
            return State(once) == State(twice) && once!.Revision == twice!.Revision;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_revision_grows_exactly_when_a_mark_changes() =>
        Prop.ForAll(Deliveries, deliveries =>
        {
            Sheet? held = null;
            foreach (var submission in deliveries.Delivered)
            {
                var change = Take(held, submission, Start.AddHours(1));
                var marksChanged = held is null || Held(held) != Held(change.Sheet) || held.Complete != change.Sheet!.Complete;
                if (change.Sheet!.Revision != (held?.Revision ?? 0) + (marksChanged ? 1 : 0)
                    || change.Effect == SheetEffect.Changed != marksChanged
                    || change.Accepted + change.Unchanged + change.Superseded != submission.Marks.Length)
                {
                    return false;
                }

                held = change.Sheet;
            }

            return true;
        }).QuickCheckThrowOnFailure();

    private static Sheet? Deliver(IEnumerable<Submission> submissions)
    {
        Sheet? held = null;
        var now = Start.AddHours(1);
        foreach (var submission in submissions)
        {
            now = now.AddSeconds(1);
            held = Take(held, submission, now).Sheet;
        }

        return held;
    }

    private static string State(Sheet? sheet) =>
        string.Join(", ", sheet!.Marks().Select(mark => $"{mark.Key} {mark.Value.Code} {mark.Value.AsOf:HH:mm}"));

    // The slow and obvious reading: for each pupil, the last submission that says anything of the pupil.
    private static string Newest(Submission[] sent) =>
        string.Join(", ",
            from position in Enumerable.Range(0, Pupils.Count)
            let pupil = Pupils[position].Id
            let last = sent.LastOrDefault(submission => submission.Complete || submission.Marks.ToArray().Any(mark => mark.Pupil == pupil))
            where last is not null
            let mark = last.Marks.ToArray().FirstOrDefault(mark => mark.Pupil == pupil).Code ?? ""
            select $"{pupil} {(mark.Length == 0 ? "blank" : mark)} {last.AsOf:HH:mm}");
}
