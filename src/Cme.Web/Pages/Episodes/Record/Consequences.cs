using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Cme.Contracts.Episodes;
using Cme.Domain.Episodes;
using Cme.Web.Pages.Wording;

namespace Cme.Web.Pages.Episodes.Record;

/// <summary>What recording an act would lead to, told before it is recorded.</summary>
/// <param name="Lines">Each a sentence; what opens or closes the episode first.</param>
/// <param name="Fingerprint">The same for the same consequences, whatever the clock says. What was read can so be told from what is true now.</param>
public sealed record Consequences(ImmutableArray<string> Lines, string Fingerprint)
{
    private const int MostNamed = 4;

    public static Consequences Of(ActionPreview preview, DateTimeOffset now)
    {
        var before = preview.Before.ToDictionary(owed => owed.Id);
        var after = preview.After.ToDictionary(owed => owed.Id);
        var gone = preview.Before.Where(owed => !after.ContainsKey(owed.Id)).OrderBy(owed => owed.ActBy).ToImmutableArray();
        var begun = preview.After.Where(owed => !before.ContainsKey(owed.Id)).OrderBy(owed => owed.ActBy).ToImmutableArray();
        var moved = preview.After.Where(owed => before.GetValueOrDefault(owed.Id) is { } was && (was.DueAt, was.ActBy) != (owed.DueAt, owed.ActBy)).ToImmutableArray();
        ImmutableArray<string> lines =
        [
            .. preview.Closure is { } reason ? [$"The episode closes: {ClosureReasons.Text(reason)}."] : Array.Empty<string>(),
            .. preview.Outcome.Events.Contains(nameof(EpisodeEvent.EpisodeReopened)) && preview.Closure is null ? ["The episode is open again."] : Array.Empty<string>(),
            .. begun.Select(owed => $"{By(owed, now)}, {Labels.Who(owed.Role)}: {owed.What}."),
            .. moved.Select(owed => $"{owed.What}: {Lower(By(owed, now))} instead of {Lower(By(before[owed.Id], now))}."),
            .. Gone(gone, preview.Closure is not null, now),
        ];
        return new(lines.IsEmpty ? ["Nothing that is due changes."] : lines, Short(
            $"{preview.Closure}|{string.Join(',', gone.Select(owed => owed.Id))}|{string.Join(',', begun.Select(owed => owed.Id))}|{string.Join(',', moved.Select(owed => owed.Id))}"));
    }

    /// <summary>What is done by it, or no longer needed once the episode is closed: the nearest by name, the rest by number.</summary>
    private static IEnumerable<string> Gone(ImmutableArray<ObligationView> gone, bool closed, DateTimeOffset now)
    {
        foreach (var owed in gone.Take(MostNamed))
        {
            yield return closed ? $"No longer needed: {owed.What}, which was due {Lower(By(owed, now))}." : $"Done, or no longer needed: {owed.What}.";
        }
        if (gone.Length > MostNamed) { yield return $"No longer needed either: {Spans.Counted(gone.Length - MostNamed, "later step")}."; }
    }

    private static string By(ObligationView owed, DateTimeOffset now) =>
        owed.ActBy <= now ? "At once" : $"By {DeadlineView.Of(owed.DueAt, owed.ActBy, now).By}";

    private static string Lower(string words) => char.ToLowerInvariant(words[0]) + words[1..];

    private static string Short(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
}
