using Cme.Domain.Enquiries;
using Cme.Domain.Episodes;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Rules;

/// <summary>SUF-26 and CHE-11: every address where the child may live, and every other child of the family, each by itself.</summary>
public sealed class OneByOneTests
{
    private static readonly Performer Officer = new("Yusuf Adeyemi", "tracking-officer", "999", "key-1");

    [Fact]
    public void SUF26_A_visit_to_one_address_leaves_the_others_to_be_visited()
    {
        var done = Done(Visit("other-address", "aunt"));

        OneByOne.OfAddress("aunt", isHome: false, done, assessed: true, doNotContact: false).State.ShouldBe(EnquiryState.Asked);
        OneByOne.OfAddress("father", isHome: false, done, assessed: true, doNotContact: false).State.ShouldBe(EnquiryState.ToAsk);
        OneByOne.OfAddress("home", isHome: true, done, assessed: true, doNotContact: false).State.ShouldBe(EnquiryState.ToAsk);
    }

    [Fact]
    public void SUF26_An_address_that_nobody_visits_has_its_reason()
    {
        var leftOut = Done(About(new Deed("enquiry", "not-appropriate", At("Wed 9 Sep 2026 10:00"), null, Officer, Note: "Let since May.") { Whom = "other-addresses" }, "address", "aunt"));

        OneByOne.OfAddress("aunt", isHome: false, leftOut, assessed: true, doNotContact: false).State.ShouldBe(EnquiryState.LeftOut);
        OneByOne.OfAddress("aunt", isHome: false, Done(leftOut[0].Deed with { Outcome = "information" }), assessed: true, doNotContact: false).IsOpen.ShouldBeTrue("knowing more is no reason");
    }

    [Fact]
    public void SUF26_A_visit_to_the_home_of_which_nobody_said_more_is_one_to_the_school_s_address_of_the_child()
    {
        var done = Done(new Deed("visit", "no-access", At("Wed 9 Sep 2026 15:00"), null, Officer) { Whom = "home" });

        OneByOne.OfAddress("home", isHome: true, done, assessed: false, doNotContact: false).State.ShouldBe(EnquiryState.Asked);
        OneByOne.OfAddress("aunt", isHome: false, done, assessed: false, doNotContact: false).State.ShouldBe(EnquiryState.AssessFirst, "nobody goes before the risk is assessed");
        OneByOne.OfAddress("aunt", isHome: false, done, assessed: true, doNotContact: true).State.ShouldBe(EnquiryState.Stopped);
    }

    [Fact]
    public void CHE11_Each_other_child_of_the_family_is_asked_after_by_itself()
    {
        var done = Done(About(new Deed("enquiry", "information", At("Wed 9 Sep 2026 10:00"), null, Officer) { Whom = "siblings-other-school" }, "child", "sister"));

        OneByOne.OfSibling("sister", sameSchool: false, done).State.ShouldBe(EnquiryState.Asked);
        OneByOne.OfSibling("brother", sameSchool: false, done).State.ShouldBe(EnquiryState.ToAsk);
        OneByOne.OfSibling("sister", sameSchool: false, Done(done[0].Deed with { Outcome = "not-appropriate" })).State.ShouldBe(EnquiryState.LeftOut);
    }

    [Fact]
    public void CHE11_The_line_of_the_list_is_done_when_each_child_of_it_is()
    {
        var asked = new EnquiryLine("enquiry-siblings-other-school", EnquirySide.School, "enquiry", "siblings-other-school", "", [], [], EnquiryState.Asked);
        var sister = new EnquiredOne("sister", asked.Id, EnquiryState.Asked, [3]);

        OneByOne.Weigh(asked, [sister]).State.ShouldBe(EnquiryState.Asked);
        OneByOne.Weigh(asked, [sister, sister with { Ref = "brother", State = EnquiryState.ToAsk }]).State.ShouldBe(EnquiryState.ToAsk);
        OneByOne.Weigh(asked, [sister, sister with { Ref = "brother", State = EnquiryState.LeftOut }]).State.ShouldBe(EnquiryState.Asked);
        OneByOne.Weigh(asked, [new EnquiredOne("other", "enquiry-siblings-same-school", EnquiryState.ToAsk, [])]).State.ShouldBe(EnquiryState.Asked, "that is another line's");
    }

    private static Deed Visit(string whom, string address) => About(new Deed("visit", "no-access", At("Wed 9 Sep 2026 15:00"), null, Officer) { Whom = whom }, "address", address);

    private static Deed About(Deed deed, string kind, string which) => deed with { Evidence = [new(kind, which)] };

    private static (int Number, Deed Deed)[] Done(params Deed[] deeds) => [.. deeds.Select((deed, at) => (at + 1, deed))];
}
