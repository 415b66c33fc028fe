using Cme.Domain.Procedures;

namespace Cme.Domain.Tests.Procedures;

/// <summary>What ships can be used, and what cannot be used says where it is wrong.</summary>
public sealed class PackTests
{
    [Fact]
    public void Every_shipped_pack_loads_with_the_steps_beneath_it() =>
        PackCatalogue.Shipped["northamptonshire"].Steps.Select(step => step.Id)
            .ShouldBe(["contact-parent", "phone-home", "risk-assessment", "refer-police-or-social-care", "consult-dsl", "advise-parent",
                "parent-reports-back", "first-call", "confirm-seen", "ask-dsl-first"]);

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
    public void A_fault_is_named_with_its_place(string change, string pointer, string detail)
    {
        var faults = Should.Throw<PackInvalidException>(() => PackReader.Read("test", With(change))).Faults;
        faults.ShouldContain(fault => fault.Pointer == pointer && fault.Detail.Contains(detail));
    }

    [Fact]
    public void A_misspelt_property_is_a_fault() =>
        Should.Throw<PackInvalidException>(() => PackReader.Read("test", With("\"whom\":\"dsl\"")));

    [Fact]
    public void The_pack_that_the_faults_are_made_of_is_itself_right() =>
        PackReader.Read("test", With("\"class\":\"hour\"")).Steps.ShouldHaveSingleItem();

    /// <summary>A right pack of one step, with one property of the step replaced or added.</summary>
    private static string With(string change)
    {
        var step = new Dictionary<string, string>
        {
            ["id"] = "\"ring\"", ["clause"] = "\"NOR-05\"", ["what"] = "\"Ring\"", ["why"] = "\"To know\"", ["who"] = "\"dsl\"",
            ["starts"] = "[{\"on\":\"opened\",\"due\":{\"hours\":2}}]", ["doneBy"] = "[{\"action\":\"call\"}]",
        };
        var (name, value) = (change[1..change.IndexOf("\":", StringComparison.Ordinal)], change[(change.IndexOf("\":", StringComparison.Ordinal) + 2)..]);
        step[name] = value;
        return $$"""{"id":"test","version":1,"title":"Test","source":"Test","steps":[{{{string.Join(",", step.Select(pair => $"\"{pair.Key}\":{pair.Value}"))}}}]}""";
    }
}
