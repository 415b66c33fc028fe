namespace Cme.Simulation.Oracle;

/// <summary>
/// The five counts of one pupil, in school days, by the table of DESIGN 5: each worked out by itself from all marks, the newest
/// first, back to where it broke. Ground h counts after leave, and nobody here is granted any.
/// </summary>
internal sealed record Tally(int Whereabouts, int Irregular, int GroundI, int GroundH, int Sickness)
{
    private static readonly HashSet<string> Seen = ["/", "\\", "L", "K", "V", "P", "W", "B"];
    private static readonly HashSet<string> Authorised = ["C", "C1", "C2", "E", "I", "J1", "M", "R", "S", "T"];
    private static readonly HashSet<string> NobodyCounts = ["#", "X", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7", "Z", "", "?"];

    /// <param name="marks">All marks of the pupil that count, oldest first; of one school year.</param>
    public static Tally Of(IReadOnlyList<SlotMark> marks) => new(
        DaysBack(marks, mark => mark.Effect == Effect.Missing, mark => mark.Effect == Effect.Known),
        DaysBack(marks, mark => mark.Code is "G" or "N" or "O" or "U", mark => Seen.Contains(mark.Code) || Authorised.Contains(mark.Code)),
        WholeDaysBack(marks),
        0,
        marks.Where(one => one.Mark.Code == "I").Select(one => one.Slot.Day).Distinct().Count());

    private static int DaysBack(IEnumerable<SlotMark> marks, Func<HeldMark, bool> counts, Func<HeldMark, bool> breaks) =>
        marks.Reverse().TakeWhile(one => !breaks(one.Mark)).Where(one => counts(one.Mark)).Select(one => one.Slot.Day).Distinct().Count();

    // Every session of the day has a code, one at least is G, N or O, and the others are such as nobody counts.
    private static int WholeDaysBack(IEnumerable<SlotMark> marks) => marks.GroupBy(one => one.Slot.Day).Reverse()
        .TakeWhile(day => day.All(one => one.Mark.Code is "G" or "N" or "O" || NobodyCounts.Contains(one.Mark.Code)))
        .Count(day => day.Count(one => one.Mark.Code is not ("" or "?")) == 2 && day.Any(one => one.Mark.Code is "G" or "N" or "O"));
}
