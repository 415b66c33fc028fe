namespace Cme.Simulation.Oracle;

/// <summary>What a mark does to the whereabouts run, by the table of DESIGN 5.</summary>
internal enum Effect
{
    Skipped,
    Missing,
    Held,
    Known,
}

/// <summary>A mark as the oracle holds it. The code is empty for a blank, "?" for one that could not be taken.</summary>
internal sealed record HeldMark(string Code, string? Reporter, DateTimeOffset AsOf, DateTimeOffset KnownAt)
{
    /// <summary>N, O, a blank after close, and G unless a known contact told; B K D C2 E P W hold; so does a reason told by just anybody.</summary>
    public Effect Effect => Code switch
    {
        "N" or "O" or "" => Effect.Missing,
        "G" => Reporter == "known-contact" ? Effect.Known : Effect.Missing,
        "/" or "\\" or "L" or "U" or "V" => Effect.Known,
        "B" or "K" or "D" or "C2" or "E" or "P" or "W" => Effect.Held,
        "C" or "C1" or "I" or "J1" or "M" or "R" or "S" or "T" or "Q" =>
            Reporter is "other-contact" or "unknown" ? Effect.Held : Effect.Known,
        _ => Effect.Skipped,
    };

    /// <summary>Somebody of the school saw the child.</summary>
    public bool IsSeen => Code is "/" or "\\" or "L" or "U" or "V";
}

/// <summary>One pupil's mark as a school sends it.</summary>
internal sealed record SentMark(string Pupil, string Code, string? Reporter);

/// <summary>A register as a school sends it.</summary>
internal sealed record SentRegister(Slot Slot, DateTimeOffset AsOf, bool Complete, bool Correction, IReadOnlyList<SentMark> Marks);

/// <summary>The register of one session as the oracle holds it: for each pupil the newest mark by the source's time.</summary>
internal sealed class HeldRegister
{
    private static readonly HashSet<string> Codes =
    [
        "/", "\\", "L", "K", "V", "P", "W", "B", "D", "C", "C1", "C2", "E", "I", "J1", "M", "R", "S", "T", "G", "N", "O", "U", "Q", "X", "Y1", "Y2",
        "Y3", "Y4", "Y5", "Y6", "Y7", "Z", "#", "",
    ];

    public Dictionary<string, HeldMark> Marks { get; } = [];

    /// <summary>False while nothing that was sent of it was any good.</summary>
    public bool IsTaken { get; private set; }

    /// <summary>Takes what was sent: good marks are kept, bad ones change nothing, and whom a complete register leaves out is blank.</summary>
    /// <param name="expected">Pupils of the list whom a register of that day must name.</param>
    /// <param name="known">Every pupil whom the school ever listed.</param>
    /// <returns>How many marks were rejected.</returns>
    public int Take(SentRegister sent, IReadOnlyCollection<string> expected, IReadOnlySet<string> known, DateTimeOffset now)
    {
        var good = sent.Marks.Where(mark => known.Contains(mark.Pupil) && Codes.Contains(mark.Code)
            && sent.Marks.Count(other => other.Pupil == mark.Pupil) == 1).ToList();
        foreach (var mark in good)
        {
            Put(mark.Pupil, mark.Code, mark.Reporter, sent.AsOf, now);
        }
        if (good.Count > 0 || sent.Marks.Count == 0)
        {
            IsTaken = true;
            KeepTheFaulty(sent, known, now);
            if (sent.Complete)
            {
                BlankTheOmitted(sent, expected, now);
            }
        }
        return sent.Marks.Count - good.Count;
    }

    // A mark was sent and could not be taken: it reads neither as present nor as blank.
    private void KeepTheFaulty(SentRegister sent, IReadOnlySet<string> known, DateTimeOffset now)
    {
        foreach (var pupil in sent.Marks.Select(mark => mark.Pupil).Where(pupil => known.Contains(pupil) && !Marks.ContainsKey(pupil)))
        {
            Marks[pupil] = new HeldMark("?", null, sent.AsOf, now);
        }
    }

    private void BlankTheOmitted(SentRegister sent, IReadOnlyCollection<string> expected, DateTimeOffset now)
    {
        var named = sent.Marks.Select(mark => mark.Pupil).ToHashSet();
        foreach (var pupil in expected.Union(Marks.Keys).Where(pupil => !named.Contains(pupil)).ToList())
        {
            Put(pupil, "", null, sent.AsOf, now);
        }
    }

    private void Put(string pupil, string code, string? reporter, DateTimeOffset asOf, DateTimeOffset now)
    {
        var held = Marks.GetValueOrDefault(pupil);
        var mends = held is { Code: "?" } && code.Length > 0;
        if (held is null || mends || asOf >= held.AsOf)
        {
            var same = held is not null && !mends && held.Code == code && held.Reporter == reporter;
            Marks[pupil] = new HeldMark(code, reporter, asOf, same ? held!.KnownAt : now);
        }
    }
}
