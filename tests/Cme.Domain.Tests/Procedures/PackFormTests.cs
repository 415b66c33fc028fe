using Cme.Domain.Procedures;
using static Cme.Domain.Tests.Procedures.SmallPack;

namespace Cme.Domain.Tests.Procedures;

/// <summary>What a pack may say, to the edge: each fault stands alone with its place, and its right neighbour has none.</summary>
public sealed class PackFormTests
{
    [Theory]
    [InlineData("'version':0", "/version")]
    [InlineData("'id':'Test'", "/id")]
    [InlineData("'steps':[]", "/steps")]
    [InlineData("'steps':null", "/steps")]
    [InlineData("'beneath':['product']", "/beneath/0")]
    [InlineData("'beneath':['product@first']", "/beneath/0")]
    [InlineData("'beneath':['product@1','england@']", "/beneath/1")]
    [InlineData("'standing':[{'clause':'rule six','what':'Be kind'}]", "/standing/0")]
    [InlineData("'standing':[{'clause':'NOR-14','what':' '}]", "/standing/0")]
    [InlineData("'standing':[{'clause':'NOR-14','what':'Be kind','keptBy':['ring','sing']}]", "/standing/0/keptBy")]
    [InlineData("'standing':[{'clause':'NOR-14','what':'Be kind'},{'what':'Be kind'}]", "/standing/1")]
    public void What_a_pack_may_not_say(string change, string place) => Places(With(change)).ShouldBe([place]);

    [Theory]
    [InlineData("'beneath':['product@1']")]
    [InlineData("'standing':[{'clause':'NOR-14','what':'Be kind','keptBy':['ring']}]")]
    [InlineData("'standing':[{'clause':'product','what':'Be kind'}]")]
    [InlineData("'version':2")]
    public void What_a_pack_may_say(string change) => Places(With(change)).ShouldBeEmpty();

    [Fact]
    public void A_standing_clause_may_name_any_of_the_steps() =>
        Places(With($"'steps':[{Step()},{Step("'id':'knock'")}]", "'standing':[{'clause':'NOR-14','what':'Be kind','keptBy':['ring']}]")).ShouldBeEmpty();

    [Theory]
    [InlineData("'id':'Ring up'", "/steps/0/id")]
    [InlineData("'why':''", "/steps/0")]
    [InlineData("'what':''", "/steps/0")]
    [InlineData("'clause':'NOR-5'", "/steps/0/clause")]
    [InlineData("'clause':'xB5'", "/steps/0/clause")]
    [InlineData("'who':null", "/steps/0/who")]
    [InlineData("'class':'week'", "/steps/0/class")]
    [InlineData("'doneBy':null", "/steps/0/doneBy")]
    [InlineData("'doneBy':[{'action':null}]", "/steps/0/doneBy/0/action")]
    [InlineData("'doneBy':[{'action':'call'},{'action':'visit','outcomes':['seen-safe','sung']}]", "/steps/0/doneBy/1/outcomes")]
    [InlineData("'noNeedAfter':[{'action':'call'},{'action':'sing'}]", "/steps/0/noNeedAfter/1/action")]
    [InlineData("'starts':null", "/steps/0/starts")]
    public void What_a_step_may_not_say(string change, string place) => Places(WithStep(change)).ShouldBe([place]);

    [Theory]
    [InlineData("'on':'opened'", "due")]
    [InlineData("'on':'opened','due':{}", "due")]
    [InlineData("'on':'opened','due':{'hours':1,'minutes':2}", "due")]
    [InlineData("'on':'opened','due':{'minutes':-1}", "due")]
    [InlineData("'on':'opened','due':{'calendarDays':-1}", "due")]
    [InlineData("'on':'opened','due':{'workingHours':0}", "due")]
    [InlineData("'on':'opened','due':{'absenceDay':0}", "due")]
    [InlineData("'on':'opened','due':{'absenceCalendarDay':0}", "due")]
    [InlineData("'on':'opened','due':{'schoolDays':0}", "due")]
    [InlineData("'on':'opened','due':{'workingDays':0}", "due")]
    [InlineData("'on':'opened','due':{'weeks':0}", "due")]
    [InlineData("'on':'confirmation-asked','due':{'absenceCalendarDay':1}", "due")]
    [InlineData("'on':'opened','due':{'hours':2},'flaggedDue':{'hours':0}", "flaggedDue")]
    [InlineData("'on':'opened','due':{'hours':2},'opens':{'fortnights':1}", "opens")]
    [InlineData("'on':'opened','due':{'hours':2},'countsFrom':{'hours':0}", "countsFrom")]
    [InlineData("'on':'opened','due':{'hours':2},'overdueAfter':{'hours':0}", "overdueAfter")]
    [InlineData("'on':'opened','due':{'hours':2},'alsoRead':{'weeks':0}", "alsoRead")]
    [InlineData("'on':'opened','due':{'hours':2},'act':{'action':'visit'}", "act")]
    [InlineData("'on':'act','due':{'hours':2},'act':{'action':'sing'}", "act/action")]
    [InlineData("'on':'opened','due':{'hours':2},'unlessBefore':{'action':'sing'}", "unlessBefore/action")]
    [InlineData("'on':'opened','due':{'hours':2},'step':'ring'", "step")]
    [InlineData("'on':'opened','due':{'hours':2},'reaches':3", "count")]
    [InlineData("'on':'opened','due':{'hours':2},'reaches':-1", "count")]
    [InlineData("'on':'count','due':{'hours':2},'count':'groundI','reaches':0", "count")]
    [InlineData("'on':'count','due':{'hours':2},'reaches':10", "count")]
    [InlineData("'on':'opened','due':{'hours':2},'flag':'tall'", "flag")]
    [InlineData("'on':'opened','due':{'hours':2},'orOnce':{'passed':['sing']}", "orOnce/passed")]
    public void What_a_start_may_not_say(string start, string place) =>
        Places(WithStep($"'starts':[{{{start}}}]")).ShouldBe([$"/steps/0/starts/0/{place}"]);

    [Theory]
    [InlineData("'on':'opened','due':{'minutes':0}")]
    [InlineData("'on':'opened','due':{'calendarDays':0}")]
    [InlineData("'on':'opened','due':{'absenceDay':1}")]
    [InlineData("'on':'opened','due':{'absenceCalendarDay':1}")]
    [InlineData("'on':'opened','due':{'hours':2},'flag':'cp_plan'")]
    [InlineData("'on':'opened','due':{'hours':2},'unlessBefore':{'action':'call'}")]
    [InlineData("'on':'count','due':{'hours':2},'count':'groundI','reaches':1")]
    [InlineData("'on':'act','act':{'action':'visit'},'due':{'hours':2}")]
    [InlineData("'on':'act','act':{'action':'call','outcomes':['no-answer']},'due':{'hours':2}")]
    [InlineData("'on':'act','act':{'action':'call'},'first':true,'due':{'hours':2}")]
    public void What_a_start_may_say(string start) => Places(WithStep($"'starts':[{{{start}}}]")).ShouldBeEmpty();

    [Theory]
    [InlineData("code-n", "")]
    [InlineData("off-roll", "")]
    [InlineData("holiday", "/steps/0/doneBy")]
    [InlineData("entered", "/steps/0/doneBy")]
    public void Only_what_the_register_or_the_list_settles_needs_no_act_that_does(string on, string place) =>
        string.Join(" ", Places(WithStep($"'starts':[{{'on':'{on}','due':{{'schoolDays':1}}}}]", "'doneBy':[]"))).ShouldBe(place);

    [Fact]
    public void A_step_of_which_one_start_is_settled_by_the_register_needs_an_act_for_the_other() =>
        Places(WithStep("'starts':[{'on':'code-n','due':{'schoolDays':5}},{'on':'opened','due':{'hours':2}}]", "'doneBy':[]")).ShouldBe(["/steps/0/doneBy"]);

    [Fact]
    public void A_step_has_an_id_of_its_own() => Places(Of(Step(), Step())).ShouldBe(["/steps"]);

    [Fact]
    public void Steps_that_start_each_other_whatever_comes_of_them_would_go_on_for_ever()
    {
        Places(Of(StepAfter("ring", "{'action':'visit'}", "{'action':'call'}"), StepAfter("go", "{'action':'call'}", "{'action':'visit'}")))
            .ShouldBe(["/steps/0", "/steps/1"]);
        Places(Of(
            StepAfter("ring", "{'action':'chase'}", "{'action':'call'}"), StepAfter("go", "{'action':'call'}", "{'action':'visit'}"),
            StepAfter("write", "{'action':'visit'}", "{'action':'call'}"))).ShouldBe(["/steps/1", "/steps/2"], "the first only leads into the ring");
    }

    [Theory]
    [InlineData("{'action':'call'},{'action':'note'}", "{'action':'call'}", "one way of doing it leads out")]
    [InlineData("{'action':'call'}", "{'action':'call','outcomes':['no-answer']}", "another outcome leads out")]
    [InlineData("{'action':'call','outcomes':['refused']}", "{'action':'call','outcomes':['no-answer']}", "the other waits for another outcome")]
    [InlineData("{'action':'call','outcomes':['no-answer','refused']}", "{'action':'call','outcomes':['no-answer']}", "one of two outcomes leads out")]
    public void Steps_that_start_each_other_unless_something_else_comes_of_it_are_right(string doneByRing, string startsGo, string because) =>
        Places(Of(StepAfter("ring", "{'action':'visit'}", doneByRing), StepAfter("go", startsGo, "{'action':'visit'}"))).ShouldBeEmpty(because);

    [Fact]
    public void A_narrower_ring_is_a_ring_too() =>
        Places(Of(
            StepAfter("ring", "{'action':'visit','outcomes':['no-access','moved']}", "{'action':'call','outcomes':['no-answer']}"),
            StepAfter("go", "{'action':'call','outcomes':['no-answer','refused']}", "{'action':'visit','outcomes':['moved']}"))).ShouldBe(["/steps/0", "/steps/1"]);

    [Fact]
    public void A_start_may_wait_for_a_step_that_waits_for_none()
    {
        string Waiting(string id, string step) => Step($"'id':'{id}'", $"'starts':[{{'on':'overdue','step':'{step}','due':{{'hours':1}}}}]");

        Places(Of(Step(), Waiting("chase", "ring"))).ShouldBeEmpty();
        Places(Of(Step(), Waiting("chase", "ring"), Waiting("chase-again", "chase"))).ShouldBe(["/steps/2/starts/0/step"]);
        Places(Of(Step(), Step("'id':'report'", "'starts':[{'on':'opened','due':{'hours':9},'orOnce':{'done':['ring'],'passed':['ring']}}]"),
            Waiting("chase", "report"))).ShouldBe(["/steps/2/starts/0/step"]);
        Places(Of(Step(), Step("'id':'report'", "'starts':[{'on':'opened','due':{'hours':9}},{'on':'overdue','step':'ring','due':{'hours':1}}]"),
            Waiting("chase", "report"))).ShouldBe(["/steps/2/starts/0/step"], "one of its starts waits");
    }

    [Theory]
    [InlineData("'class':'hour'", StepClass.Hour)]
    [InlineData("'class':'day'", StepClass.Day)]
    [InlineData("'class':'referral'", StepClass.Referral)]
    [InlineData("'starts':[{'on':'opened','due':{'minutes':2}}]", StepClass.Hour)]
    [InlineData("'starts':[{'on':'opened','due':{'workingHours':2}}]", StepClass.Hour)]
    [InlineData("'starts':[{'on':'opened','due':{'hours':2}},{'on':'opened','due':{'weeks':2}}]", StepClass.Day)]
    [InlineData("'starts':[{'on':'opened','due':{'schoolDays':2}}]", StepClass.Day)]
    public void A_step_climbs_as_it_says_or_else_as_its_units_say(string change, StepClass stepClass) =>
        Read(WithStep(change)).Steps[0].Class.ShouldBe(stepClass);

    [Theory]
    [InlineData("minutes", DeadlineUnit.Minutes)]
    [InlineData("hours", DeadlineUnit.Hours)]
    [InlineData("workingHours", DeadlineUnit.WorkingHours)]
    [InlineData("absenceDay", DeadlineUnit.AbsenceDay)]
    [InlineData("absenceCalendarDay", DeadlineUnit.AbsenceCalendarDay)]
    [InlineData("schoolDays", DeadlineUnit.SchoolDays)]
    [InlineData("workingDays", DeadlineUnit.WorkingDays)]
    [InlineData("calendarDays", DeadlineUnit.CalendarDays)]
    [InlineData("weeks", DeadlineUnit.Weeks)]
    public void Every_unit_is_read(string name, DeadlineUnit unit) =>
        Read(WithStep($"'starts':[{{'on':'opened','due':{{'{name}':3}}}}]")).Steps[0].Starts[0].Due.ShouldBe(new Deadline(3, unit));

    [Fact]
    public void A_start_is_read_with_everything_that_it_says()
    {
        var start = Read(Of(Step("'id':'knock'"), Step(
            """
            'starts':[{'on':'opened','due':{'hours':9},'flag':'cp_plan','otherLanguageOnly':true,'unlessBefore':{'action':'visit','outcomes':['moved']},
            'flaggedDue':{'hours':1},'opens':{'hours':2},'countsFrom':{'hours':3},'overdueAfter':{'hours':4},'alsoRead':{'hours':5},
            'orOnce':{'done':['knock'],'passed':['knock']}}]
            """.Trim()))).Steps[1].Starts[0];

        (start.On, start.Flag, start.OtherLanguageOnly, start.FirstOnly).ShouldBe((StartKind.Opened, "cp_plan", true, false));
        new[] { start.Due, start.FlaggedDue, start.Opens, start.CountsFrom, start.OverdueAfter, start.AlsoRead }
            .Select(due => due?.Number).ShouldBe([9, 1, 2, 3, 4, 5]);
        (start.UnlessBefore!.Action, start.UnlessBefore.Outcomes[0]).ShouldBe(("visit", "moved"));
        (start.OrOnce!.Done[0], start.OrOnce.Passed[0]).ShouldBe(("knock", "knock"));
    }

    [Fact]
    public void A_pack_is_read_with_everything_that_it_says()
    {
        var pack = Read(With("'version':7", "'beneath':['product@2']", "'standing':[{'clause':'NOR-14','what':'Be kind','keptBy':['ring']}]"));

        (pack.Id, pack.Version, pack.Title, pack.Source).ShouldBe(("test", 7, "Test", "Test"));
        pack.Beneath.ShouldBe([new("product", 2)]);
        (pack.Standing[0].Clause, pack.Standing[0].What, pack.Standing[0].KeptBy[0]).ShouldBe(("NOR-14", "Be kind", "ring"));
        var match = Read(WithStep("'doneBy':[{'action':'call','inOtherLanguage':true,'unlessMeantElsewhere':true}]", "'contactsFamily':true")).Steps[0];
        (match.ContactsFamily, match.DoneBy[0].InOtherLanguage, match.DoneBy[0].UnlessMeantElsewhere).ShouldBe((true, true, true));
    }

    [Theory]
    [InlineData("{", "$")]
    [InlineData("null", "/")]
    [InlineData("{\"version\":\"one\"}", "$.version")]
    public void What_is_no_pack_at_all_says_where_it_stops_being_one(string json, string place) =>
        string.Join(" ", Should.Throw<PackInvalidException>(() => Read(json)).Faults.Select(fault => fault.Pointer)).ShouldBe(place);

    [Fact]
    public void Somebody_who_writes_a_pack_may_comment_it() =>
        Read(With().Replace("\"version\":1", "// The first.\n\"version\":1", StringComparison.Ordinal).Replace("]}]}", "],},],}", StringComparison.Ordinal)).Id.ShouldBe("test");

    private static ProcedurePack Read(string json) => PackReader.Read("test", json);

    private static IEnumerable<string> Places(string json)
    {
        try
        {
            Read(json);
            return [];
        }
        catch (PackInvalidException invalid)
        {
            return invalid.Faults.Select(fault => fault.Pointer).Distinct();
        }
    }
}
