using Cme.Domain.Episodes;
using Cme.Domain.Procedures;

namespace Cme.Domain.Tests.Procedures;

/// <summary>What ships can be used, and what cannot be used says where it is wrong.</summary>
public sealed class PackTests
{
    [Fact]
    public void Every_shipped_pack_loads_with_the_steps_beneath_it() =>
        PackCatalogue.Shipped["northamptonshire"].Steps.Select(step => (step.Id, step.Clause)).ShouldBe(
        [
            ("contact-parent", "NOR-04"), ("phone-home", "NOR-05"), ("assess-safeguarding", "NOR-02"), ("risk-assessment", "NOR-06"),
            ("refer-police-or-social-care", "NOR-03"), ("consult-dsl", "NOR-08"), ("advise-parent", "NOR-09"), ("parent-reports-back", "NOR-09"),
            ("second-day-call", "NOR-10"), ("letter", "NOR-11"), ("letter-translated", "NOR-11"), ("letter-reply", "NOR-11"),
            ("visit-risk-assessment", "NOR-12"), ("visit", "NOR-12"), ("report-missing", "NOR-13"), ("investigate", "NOR-15"),
            ("roll-answer", "NOR-16"), ("chase-answer", "NOR-16"),
            ("tell-social-worker", "B7"), ("replace-code-n", "B3"), ("attendance-return", "B5"), ("sickness-return", "B5"), ("ground-h", "B4"),
            ("ground-i", "B4"), ("deletion-return", "B5"), ("send-information", "B8"), ("new-pupil-return", "B5"),
            ("first-call", "product"), ("confirm-seen", "product"), ("ask-dsl-first", "product"), ("weigh-flag", "product"), ("holiday-review", "product"), ("not-on-list", "product"), ("removed-all-the-same", "B4"),
        ]);

    [Fact]
    public void An_earlier_version_keeps_the_steps_that_it_had() =>
        PackCatalogue.Shipped[new PackVersion("northamptonshire", 1)].Steps.Select(step => step.Id)
            .ShouldBe(["contact-parent", "phone-home", "risk-assessment", "refer-police-or-social-care", "consult-dsl", "advise-parent",
                "parent-reports-back", "first-call", "confirm-seen", "ask-dsl-first"]);

    /// <summary>Source: DESIGN 5, Day one. What reaches the family by every way of doing it is stopped for a child whom contact could endanger.</summary>
    [Fact]
    public void No_step_of_any_pack_contacts_a_family_that_must_not_be_contacted()
    {
        string[] reaches = ["call", "message", "letter", "reply", "visit", "advise-parent"];

        PackCatalogue.Shipped.All.SelectMany(pack => pack.Steps.Select(step => (Pack: pack.Id, step)))
            .Where(owed => !owed.step.DoneBy.IsEmpty && owed.step.DoneBy.All(match => reaches.Contains(match.Action)) && !owed.step.ContactsFamily)
            .Select(owed => $"{owed.Pack}: {owed.step.Id}").ShouldBeEmpty();
    }

    [Fact]
    public void A_version_that_is_not_installed_says_so() =>
        Should.Throw<KeyNotFoundException>(() => PackCatalogue.Shipped[new PackVersion("northamptonshire", 99)]).Message.ShouldContain("99");

    [Fact]
    public void A_pack_that_is_not_installed_is_answered_with_those_that_are() =>
        Should.Throw<KeyNotFoundException>(() => PackCatalogue.Shipped["rutland"]).Message.ShouldContain("northamptonshire");

    [Theory]
    [InlineData("\"who\":\"caretaker\"", "/steps/0/who", "is no role")]
    [InlineData("\"clause\":\"rule six\"", "/steps/0/clause", "is no clause")]
    [InlineData("\"doneBy\":[]", "/steps/0/doneBy", "Nothing completes")]
    [InlineData("\"doneBy\":[{\"action\":\"sing\"}]", "/steps/0/doneBy/0/action", "is no action")]
    [InlineData("\"doneBy\":[{\"action\":\"call\",\"outcomes\":[\"sung\"]}]", "/steps/0/doneBy/0/outcomes", "is no outcome")]
    [InlineData("\"starts\":[]", "/steps/0/starts", "can never be reached")]
    [InlineData("\"starts\":[{\"on\":\"act\",\"due\":{\"hours\":2}}]", "/steps/0/starts/0/act", "has no anchor")]
    [InlineData("\"starts\":[{\"on\":\"dawn\",\"due\":{\"hours\":2}}]", "/steps/0/starts/0/on", "is no start")]
    [InlineData("\"starts\":[{\"on\":\"opened\",\"due\":{\"fortnights\":2}}]", "/steps/0/starts/0/due", "is no unit")]
    [InlineData("\"starts\":[{\"on\":\"opened\"}]", "/steps/0/starts/0/due", "one unit and a number")]
    [InlineData("\"starts\":[{\"on\":\"opened\",\"due\":{\"hours\":0}}]", "/steps/0/starts/0/due", "positive number")]
    [InlineData("\"starts\":[{\"on\":\"act\",\"act\":{\"action\":\"call\"},\"due\":{\"hours\":2}}]", "/steps/0", "leads back to itself")]
    [InlineData("\"what\":\" \"", "/steps/0", "must say what")]
    [InlineData("\"doneBy\":[{\"action\":\"visit\",\"whom\":[\"housing\"]}]", "/steps/0/doneBy/0/whom", "cannot be of")]
    [InlineData("\"starts\":[{\"on\":\"opened\",\"recurs\":true,\"due\":{\"hours\":2}}]", "/steps/0/starts/0/recurs", "Only a start on 'act'")]
    [InlineData("\"questions\":[{\"id\":\"age\",\"text\":\" \"}]", "/steps/0/questions/0", "its text")]
    [InlineData("\"questions\":[{\"id\":\"age\",\"text\":\"a\"},{\"id\":\"age\",\"text\":\"b\"}]", "/steps/0/questions/1", "of its own")]
    [InlineData("\"class\":\"urgent\"", "/steps/0/class", "is no class")]
    [InlineData("\"starts\":[{\"on\":\"overdue\",\"due\":{\"hours\":2}}]", "/steps/0/starts/0/step", "has no anchor")]
    [InlineData("\"starts\":[{\"on\":\"overdue\",\"step\":\"sing\",\"due\":{\"hours\":2}}]", "/steps/0/starts/0/step", "No step of this pack")]
    [InlineData("\"starts\":[{\"on\":\"overdue\",\"step\":\"ring\",\"due\":{\"hours\":2}}]", "/steps/0/starts/0/step", "waits for other steps itself")]
    [InlineData("\"starts\":[{\"on\":\"opened\",\"orOnce\":{\"done\":[\"sing\"]},\"due\":{\"hours\":2}}]", "/steps/0/starts/0/orOnce/done", "No step of this pack")]
    [InlineData("\"starts\":[{\"on\":\"opened\",\"orOnce\":{},\"due\":{\"hours\":2}}]", "/steps/0/starts/0/orOnce", "Name the steps")]
    [InlineData("\"starts\":[{\"on\":\"count\",\"count\":\"sheep\",\"reaches\":10,\"due\":{\"schoolDays\":1}}]", "/steps/0/starts/0/count", "Name one of the counts")]
    [InlineData("\"starts\":[{\"on\":\"count\",\"count\":\"groundI\",\"due\":{\"schoolDays\":1}}]", "/steps/0/starts/0/count", "1 or more")]
    [InlineData("\"starts\":[{\"on\":\"opened\",\"count\":\"groundI\",\"due\":{\"schoolDays\":1}}]", "/steps/0/starts/0/count", "Only a start on 'count'")]
    [InlineData("\"starts\":[{\"on\":\"opened\",\"opens\":{\"absenceDay\":0},\"due\":{\"absenceDay\":1}}]", "/steps/0/starts/0/opens", "positive number")]
    [InlineData("\"starts\":[{\"on\":\"holiday\",\"due\":{\"absenceDay\":1}}]", "/steps/0/starts/0/due", "only of a start on 'opened'")]
    [InlineData("'starts':[{'on':'opened','act':{'action':'visit'},'due':{'hours':2}}]", "/steps/0/starts/0/act", "Only a start on 'act'")]
    [InlineData("'starts':[{'on':'opened','step':'ring','due':{'hours':2}}]", "/steps/0/starts/0/step", "Only a start on 'overdue'")]
    [InlineData("\"noNeedAfter\":[{\"action\":\"sing\"}]", "/steps/0/noNeedAfter/0/action", "is no action")]
    public void A_fault_is_named_with_its_place(string change, string pointer, string detail)
    {
        var faults = Should.Throw<PackInvalidException>(() => PackReader.Read("test", SmallPack.WithStep(change))).Faults;
        faults.ShouldContain(fault => fault.Pointer == pointer && fault.Detail.Contains(detail));
    }

    [Theory]
    [InlineData("'who':'dsl'", "/steps/0/who", "is at a school")]
    [InlineData("'starts':[{'on':'holiday','due':{'workingDays':1}}]", "/steps/0/starts/0/on", "No register or list")]
    [InlineData("'starts':[{'on':'opened','due':{'schoolDays':1}}]", "/steps/0/starts/0/due", "has no school days")]
    public void A_pack_of_a_record_that_an_authority_leads_has_nothing_of_a_school(string change, string pointer, string detail)
    {
        var pack = SmallPack.With("'kind':'cme'", $"'steps':[{SmallPack.Step(change)}]");

        Should.Throw<PackInvalidException>(() => PackReader.Read("test", pack)).Faults.ShouldContain(fault => fault.Pointer == pointer && fault.Detail.Contains(detail));
    }

    [Fact]
    public void A_kind_of_record_that_there_is_not_is_a_fault() =>
        Should.Throw<PackInvalidException>(() => PackReader.Read("test", SmallPack.With("'kind':'lost'")))
            .Faults.ShouldContain(fault => fault.Pointer == "/kind");

    [Fact]
    public void A_school_follows_a_pack_for_schools() =>
        (PackCatalogue.Shipped.OfSchools.Contains("pan-dorset"), PackCatalogue.Shipped.OfSchools.Contains("cme-episode")).ShouldBe((true, false));

    [Fact]
    public void A_misspelt_property_is_a_fault() =>
        Should.Throw<PackInvalidException>(() => PackReader.Read("test", SmallPack.WithStep("\"whom\":\"dsl\"")));

    [Fact]
    public void The_pack_that_the_faults_are_made_of_is_itself_right() =>
        PackReader.Read("test", SmallPack.WithStep("\"class\":\"hour\"")).Steps.ShouldHaveSingleItem();
}
