using System.Reflection;
using Cme.Contracts;
using Cme.Contracts.Episodes;
using Cme.Contracts.Schools;
using Orleans;

namespace Cme.Grains.Specs.Language;

/// <summary>Which calls may be sent again when nobody answered (ADR 0324). A new method is decided here, or it is not repeated.</summary>
public abstract class RepeatedCallsSpec
{
    /// <summary>They presume something that they change themselves, or would be recorded twice.</summary>
    private static readonly string[] Once =
    [
        "IChildGrain.PutFlags", "IChildGrain.Reopen", "IEpisodeGrain.AnswerPlace", "IEpisodeGrain.Assign", "IEpisodeGrain.Claim", "IEpisodeGrain.GiveTo", "IEpisodeGrain.Release",
        "ISchoolGrain.ChangeLeave", "ISchoolGrain.ChangeRoll", "ISchoolGrain.GrantLeave", "ISchoolGrain.Put", "ISchoolGrain.PutCalendar",
    ];

    [Fact]
    public void Every_call_says_whether_it_may_be_sent_again() =>
        typeof(IEpisodeGrain).Assembly.GetTypes().Where(type => type.IsInterface && typeof(IGrain).IsAssignableFrom(type))
            .SelectMany(grain => grain.GetMethods()).Where(method => !method.IsDefined(typeof(SafeToRepeatAttribute)))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}").Order(StringComparer.Ordinal).ShouldBe(Once);

    [Fact]
    public void An_act_is_sent_again_only_under_its_sending_and_a_register_only_if_it_presumes_nothing()
    {
        new RecordAction { Sending = "a" }.IsSafeToRepeat.ShouldBeTrue();
        new RecordAction().IsSafeToRepeat.ShouldBeFalse();
        new RegisterSubmission().IsSafeToRepeat.ShouldBeTrue();
        new RegisterSubmission { IfMatch = new Precondition { IsGiven = true } }.IsSafeToRepeat.ShouldBeFalse();
    }
}
