using Orleans.Runtime;

namespace Cme.Grains.Specs.Storage;

/// <summary>
/// A reminder's row carries a hash of its grain, by which a cluster divides the rows among its silos: a wrong one is a reminder
/// that nobody reads. The numbers are Orleans' own.
/// </summary>
public abstract class UniformHashSpec
{
    [Theory]
    [InlineData("a", "b", 934980077)]
    [InlineData("episode", "episode-0000000001-0", -1390987772)]
    [InlineData("child", "child-7k3q92mxh4b2", 1410285934)]
    [InlineData("school", "school-999-900001", -488423100)]
    [InlineData("school", "school-999-local:École-£", 1536134760)]
    public void A_grain_has_the_same_hash_on_both_runtimes(string type, string key, int hash) =>
        unchecked((int)GrainId.Create(type, key).GetUniformHashCode()).ShouldBe(hash);
}
