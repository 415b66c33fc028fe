using System.Collections.Immutable;
using Cme.Domain.Registers;
using Cme.Storage.Registers;
using Cme.Storage.Schools;
using Cme.Web.Pages.Wording;

namespace Cme.Web.Pages.Schools;

/// <summary>A register as people read it: who is unexplained first, then everybody by name.</summary>
public sealed record RegisterView
{
    /// <summary>Marks that somebody may have to do something about.</summary>
    public required ImmutableArray<MarkView> Notable { get; init; }
    /// <summary>The marks of pupils who were seen in time, or not expected.</summary>
    public required ImmutableArray<MarkView> Others { get; init; }
    /// <summary>How many marks there are of each kind, the most pressing kind first.</summary>
    public required ImmutableArray<(string Words, int Count)> Counts { get; init; }
    /// <summary>Its revisions, the latest first, with what each changed.</summary>
    public required ImmutableArray<RevisionView> Revisions { get; init; }

    /// <param name="shown">The revision that is shown.</param>
    /// <param name="revisions">Those that are told of, oldest first.</param>
    /// <param name="roll">Everybody who ever was on the roll.</param>
    public static RegisterView Of(SheetRecord shown, ImmutableArray<SheetRecord> revisions, IEnumerable<PupilRecord> roll)
    {
        var pupils = roll.ToDictionary(pupil => pupil.SchoolPupilId, StringComparer.Ordinal);
        ImmutableArray<MarkView> marks =
        [
            .. shown.Marks.Select(mark => MarkView.Of(mark, pupils.GetValueOrDefault(mark.SchoolPupilId)))
                .OrderBy(mark => mark.Kind is MarkKind.Unexplained or MarkKind.Faulty ? mark.Kind : MarkKind.AwayForAReason)
                .ThenBy(mark => mark.SortName, StringComparer.OrdinalIgnoreCase),
        ];
        return new RegisterView
        {
            Notable = [.. marks.Where(mark => mark.IsNotable)],
            Others = [.. marks.Where(mark => !mark.IsNotable)],
            Counts = [.. marks.GroupBy(mark => mark.Kind).OrderBy(group => group.Key).Select(group => (MarkView.Words(group.Key), group.Count()))],
            Revisions = [.. revisions.Select((sheet, at) => RevisionView.Of(sheet, at == 0 ? null : revisions[at - 1], pupils)).Reverse()],
        };
    }
}

/// <summary>What a mark says about where the pupil is. The most pressing first.</summary>
public enum MarkKind
{
    Unexplained,
    Faulty,
    AwayForAReason,
    SaidToBeElsewhere,
    Here,
    NotExpected,
}

/// <summary>One pupil's mark.</summary>
/// <param name="ChildId">Null for a pupil whom the roll does not know any more.</param>
public sealed record MarkView(
    string Name, string SortName, string? ChildId, string Year, string Code, string Meaning, int? MinutesLate, string Reason, MarkKind Kind)
{
    /// <summary>Not simply seen in time, or not expected.</summary>
    public bool IsNotable => MinutesLate is not null || Kind is not (MarkKind.Here or MarkKind.NotExpected);

    public static MarkView Of(MarkRecord mark, PupilRecord? pupil)
    {
        var code = AttendanceCode.Stored(mark.Code);
        var faulty = code == AttendanceCode.Faulty;
        var reason = faulty ? $"Sent as something that is no mark: {Labels.Words(mark.ReasonText ?? "")}"
            : mark.ReportedBy is null ? "" : $"{(mark.ReasonText is { Length: > 0 } text ? $"{text}. " : "")}{ReportedBy(mark.ReportedBy)}";
        return new MarkView(
            pupil is null ? $"Pupil {mark.SchoolPupilId}" : $"{pupil.Forename} {pupil.Surname}", pupil is null ? mark.SchoolPupilId : $"{pupil.Surname} {pupil.Forename}",
            pupil?.ChildId, pupil is null ? "" : Labels.YearGroup(pupil.YearGroup), faulty || mark.Code.Length == 0 ? "None" : mark.Code, code.Meaning,
            mark.MinutesLate, reason, KindOf(code, mark));
    }

    /// <summary>A kind of mark, as a count of them is called.</summary>
    public static string Words(MarkKind kind) => kind switch
    {
        MarkKind.Unexplained => "Unexplained",
        MarkKind.Faulty => "Could not be taken",
        MarkKind.AwayForAReason => "Away, reason known",
        MarkKind.SaidToBeElsewhere => "Said to be elsewhere",
        MarkKind.Here => "Seen",
        _ => "Not expected",
    };

    private static MarkKind KindOf(AttendanceCode code, MarkRecord mark) => code.Reading(ReporterNames.Parse(mark.ReportedBy)) switch
    {
        _ when code == AttendanceCode.Faulty => MarkKind.Faulty,
        MarkReading.Starts => MarkKind.Unexplained,
        MarkReading.Holds => MarkKind.SaidToBeElsewhere,
        MarkReading.Explains => code.IsSeen ? MarkKind.Here : MarkKind.AwayForAReason,
        _ => MarkKind.NotExpected,
    };

    private static string ReportedBy(string reporter) => reporter switch
    {
        "known-contact" => "Told by a known contact.",
        "other-contact" => "Told by somebody who is no known contact.",
        "staff" => "Recorded by staff.",
        _ => "Nobody knows who told it.",
    };
}

/// <summary>One revision of a register.</summary>
/// <param name="Changes">Such as "Amina Khan: N became I"; a few of them.</param>
/// <param name="More">How many changes are not told.</param>
public sealed record RevisionView(int Number, DateTimeOffset ReceivedAt, int Marks, ImmutableArray<string> Changes, int More)
{
    private const int Told = 8;

    public static RevisionView Of(SheetRecord sheet, SheetRecord? before, Dictionary<string, PupilRecord> pupils)
    {
        if (before is null) { return new RevisionView(sheet.Revision, sheet.ReceivedAt, sheet.Marks.Length, [], 0); }
        var held = before.Marks.ToDictionary(mark => mark.SchoolPupilId, mark => mark.Code, StringComparer.Ordinal);
        var changes = sheet.Marks.Where(mark => held.GetValueOrDefault(mark.SchoolPupilId) != mark.Code)
            .Select(mark => $"{Name(mark.SchoolPupilId, pupils)}: {(held.TryGetValue(mark.SchoolPupilId, out var code) ? $"{Code(code)} became {Code(mark.Code)}" : $"{Code(mark.Code)} added")}")
            .ToArray();
        return new RevisionView(sheet.Revision, sheet.ReceivedAt, sheet.Marks.Length, [.. changes.Take(Told)], Math.Max(0, changes.Length - Told));
    }

    private static string Code(string code) => code.Length == 0 ? "no mark" : code;

    private static string Name(string id, Dictionary<string, PupilRecord> pupils) =>
        pupils.TryGetValue(id, out var pupil) ? $"{pupil.Forename} {pupil.Surname}" : $"pupil {id}";
}
