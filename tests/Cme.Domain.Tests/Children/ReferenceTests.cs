using Cme.Domain.Children;
using Cme.Domain.Episodes;
using FsCheck;
using FsCheck.Fluent;

namespace Cme.Domain.Tests.Children;

public class ReferenceTests
{
    private static readonly Arbitrary<byte[]> EightBytes = Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(8).ToArbitrary();

    [Fact]
    public void An_episode_reference_looks_as_published() =>
        EpisodeReference.Create([1, 2, 3, 4, 5, 6, 7]).Key.ShouldMatch("^episode-[0-9a-hjkmnp-tv-z]{10}-[0-9a-hjkmnp-tv-z]$");

    [Fact]
    public void A_reference_is_read_however_people_write_it() =>
        Prop.ForAll(EightBytes, random =>
        {
            var reference = EpisodeReference.Create(random);
            var spoken = reference.Key["episode-".Length..].Replace("-", "", StringComparison.Ordinal).ToUpperInvariant()
                .Replace('0', 'O').Replace('1', 'L');
            return EpisodeReference.Parse(spoken) == reference
                && EpisodeReference.Parse($" EPISODE-{spoken} ") == reference
                && EpisodeReference.Parse(reference.Key) == reference;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void One_wrong_character_or_two_exchanged_neighbours_are_noticed() =>
        Prop.ForAll(EightBytes, random =>
        {
            var characters = EpisodeReference.Create(random).Key["episode-".Length..].Replace("-", "", StringComparison.Ordinal);
            return Slips(characters).Where(slip => slip != characters).All(slip => !EpisodeReference.TryParse(slip, null, out _));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("episode-")]
    [InlineData("episode-7k3q92mxh4")]
    [InlineData("episode-7k3q92mxu4-t")]
    [InlineData("episode-7k3q92mxh4-tt")]
    public void What_is_no_reference_is_refused(string? text) => EpisodeReference.TryParse(text, null, out _).ShouldBeFalse();

    [Fact]
    public void A_child_id_has_twelve_characters_and_is_read_in_either_case()
    {
        var id = ChildId.Create([255, 0, 255, 0, 255, 0, 255, 0]);

        id.Value.ShouldBe("zw0fy07z03zg");
        ChildId.Parse("ZWOFY07ZO3ZG").ShouldBe(id);
        ChildId.TryParse("zw0fy07zr3z", null, out _).ShouldBeFalse();
    }

    [Fact]
    public void A_reference_needs_enough_random_bytes() =>
        Should.Throw<ArgumentOutOfRangeException>(() => EpisodeReference.Create([1, 2, 3, 4, 5, 6]));

    private static IEnumerable<string> Slips(string characters)
    {
        for (var i = 0; i < characters.Length; i++)
        {
            foreach (var other in "0123456789abcdefghjkmnpqrstvwxyz")
            {
                yield return $"{characters[..i]}{other}{characters[(i + 1)..]}";
            }

            if (i > 0)
            {
                yield return $"{characters[..(i - 1)]}{characters[i]}{characters[i - 1]}{characters[(i + 1)..]}";
            }
        }
    }
}
