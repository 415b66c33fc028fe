using Cme.Domain.Calendars;
using Cme.Domain.Tests.Stories;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Rules;

/// <summary>
/// Where the five documents disagree (FACTS A7): one history under each, and when it is due there. Missing from Thursday 22 October, over a
/// half term from 24 October to 1 November; nobody answers at 9:40; the authority is asked on Tuesday 3 November at 10:00, the fourth school day.
/// </summary>
public sealed class DisagreementTests
{
    private const string Northamptonshire = "northamptonshire", Dorset = "pan-dorset", Cheshire = "cheshire-east", Midlands = "midlands-school",
        Suffolk = "suffolk-alternative-provider";

    [Theory]
    // 1. When police or social care must be told of a child who is not traced.
    [InlineData(Suffolk, "not-located", "Fri 6 Nov 2026 15:30")]
    [InlineData(Dorset, "unresolved-police", "Wed 11 Nov 2026 15:30")]
    [InlineData(Cheshire, "contact-police", "Thu 5 Nov 2026 17:00")]
    [InlineData(Northamptonshire, "refer-police-or-social-care", null)]
    [InlineData(Midlands, "refer-police-day-one", null)]
    // 2. The home visit.
    [InlineData(Northamptonshire, "visit", "Wed 4 Nov 2026 15:30")]
    [InlineData(Dorset, "visit", "Wed 4 Nov 2026 15:30")]
    [InlineData(Dorset, "authority-visit", "Tue 10 Nov 2026 17:00")]
    [InlineData(Suffolk, "visit-home", "Fri 6 Nov 2026 15:30")]
    [InlineData(Midlands, "visit", null)]
    // 3. The referral to the authority.
    [InlineData(Dorset, "refer-education-welfare", "Thu 5 Nov 2026 15:30")]
    [InlineData(Northamptonshire, "report-missing", "Wed 11 Nov 2026 15:30")]
    [InlineData(Suffolk, "notify-cme-team", "Fri 23 Oct 2026 15:30")]
    [InlineData(Midlands, "inform-cme-officer", null)]
    // 8. Removal from the roll: what the authority answers, and when.
    [InlineData(Northamptonshire, "roll-answer", "Tue 17 Nov 2026 15:30")]
    [InlineData(Dorset, "roll-answer", "Thu 26 Nov 2026 15:30")]
    // 9. The Common Transfer File.
    [InlineData(Dorset, "upload-ctf", "Thu 19 Nov 2026 15:30")]
    // 11. Who calls on the first day, and until when.
    [InlineData(Northamptonshire, "phone-home", "Thu 22 Oct 2026 15:30")]
    [InlineData(Dorset, "contact-parent", "Thu 22 Oct 2026 15:30")]
    [InlineData(Midlands, "contact-parent", "Thu 22 Oct 2026 15:30")]
    [InlineData(Suffolk, "tell-commissioner", "Thu 22 Oct 2026 09:20")]
    // 13. The family first, or the checks.
    [InlineData(Cheshire, "checks-first", "Wed 4 Nov 2026 17:00")]
    [InlineData(Cheshire, "contact-family", null)]
    public void A7_One_history_is_due_under_each_procedure_when_its_own_document_says(string pack, string step, string? due)
    {
        var owed = Story.Under(pack).Missing(Am("Thu 22 Oct 2026"), At("Thu 22 Oct 2026 08:55"))
            .Did("call", "no-answer", At("Thu 22 Oct 2026 09:40")).Did("refer-authority", null, At("Tue 3 Nov 2026 10:00"))
            .At(At("Tue 3 Nov 2026 10:05")).Where(one => one.Step.Id == step).ToList();

        owed.Select(one => Local(one.Due.DueAt)).ShouldBe(due is null ? [] : [due]);
    }

    private static string Local(DateTimeOffset at) =>
        $"{London.DateOf(at).ToString("ddd d MMM yyyy", System.Globalization.CultureInfo.InvariantCulture)} {London.TimeOf(at):HH:mm}";
}
