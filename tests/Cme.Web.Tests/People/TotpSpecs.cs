using Cme.Web.Security.People;

namespace Cme.Web.Tests.People;

public sealed class TotpSpecs
{
    /// <summary>"12345678901234567890", the secret of RFC 6238's examples, in base 32.</summary>
    private const string Secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_RFC_6238(long seconds, string code) =>
        Totp.CodeOf(Secret, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))).ShouldBe(code);

    [Theory]
    [InlineData(-31, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(59, true)]
    [InlineData(60, false)]
    public void A_code_is_right_one_step_early_or_late_and_no_more(int secondsOff, bool right)
    {
        var beginsAStep = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        var code = Totp.CodeOf(Secret, Totp.StepAt(beginsAStep));

        Totp.StepOf(Secret, code, beginsAStep.AddSeconds(secondsOff)).HasValue.ShouldBe(right);
    }

    [Fact]
    public void A_new_secret_has_160_bits_and_is_nobody_elses()
    {
        Totp.NewSecret().Length.ShouldBe(32);
        Totp.NewSecret().ShouldNotBe(Totp.NewSecret());
    }
}
