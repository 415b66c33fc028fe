using System.Text.Json;
using Cme.Contracts.Boards;
using Cme.Contracts.Episodes;
using Cme.Domain.Registers.Counts;
using Cme.Storage.Episodes;
using Cme.Storage.History;
using Cme.Web.Security;

namespace Cme.Web.Api.Episodes;

/// <summary>From what is stored and what boards hold to what is published, masked for whoever asks.</summary>
internal static class EpisodeMapping
{
    /// <summary>A stored episode, as a viewer may see it.</summary>
    public static EpisodeDocument ToDocument(
        this EpisodeRow row, int schoolDaysMissing, AttendanceCounts counts, int layers, DateTimeOffset now) => new()
    {
        Reference = row.Reference, Kind = row.Kind, Status = row.Status, Stage = row.Stage,
        Child = new(row.ChildId, row.Forename, row.Surname, row.YearGroup, row.SchoolPupilId),
        School = row.Urn, SchoolName = row.SchoolName, FirstDayMissing = row.FirstDayMissing, SchoolDaysMissing = schoolDaysMissing,
        OpenedAt = row.OpenedAt, ClosedAt = row.ClosedAt, Closure = row.Closure, Owner = row.Owner, Pack = new(row.Pack, row.PackVersion),
        Flags = Masks.Flags(row.Flags, layers), Counts = counts.ToDocument(), LastCode = row.LastCode,
        NextObligation = row.NextObligation is { } next
            ? JsonSerializer.Deserialize<ObligationView>(next, StateJson.Options)?.AsOf(now).ToDocument() : null,
        OverdueCount = row.OverdueCount, Level = row.Level, ClaimedBy = row.ClaimedBy, UpdatedAt = row.UpdatedAt, Version = row.Version,
    };

    public static CountsDocument ToDocument(this AttendanceCounts counts) => new()
    {
        WhereaboutsDays = counts.WhereaboutsDays, IrregularDays = counts.IrregularDays, GroundI = counts.GroundI, GroundH = counts.GroundH,
        Sickness = counts.Sickness,
    };

    /// <summary>A row of a board, as a viewer may see it.</summary>
    public static EpisodeDocument ToDocument(this BoardRow row, int schoolDaysMissing, int layers, DateTimeOffset now) => new()
    {
        Reference = row.Reference, Kind = row.Kind, Status = row.Status, Stage = row.Stage,
        Child = new(row.ChildId, row.Forename, row.Surname, row.YearGroup, row.SchoolPupilId),
        School = row.Urn, SchoolName = row.SchoolName, FirstDayMissing = row.FirstDayMissing, SchoolDaysMissing = schoolDaysMissing,
        OpenedAt = row.OpenedAt, ClosedAt = row.ClosedAt, Closure = row.Closure, Pack = new(row.Pack, row.PackVersion),
        Flags = Masks.Flags(row.Flags, layers), LastCode = row.LastCode, NextObligation = row.NextObligation?.AsOf(now).ToDocument(),
        OverdueCount = row.OverdueCount, Level = row.Level, ClaimedBy = row.ClaimedBy, UpdatedAt = row.UpdatedAt, Version = row.Version,
    };

    /// <summary>What a row says of its next obligation was so when the row was stored; since then time alone may have changed it.</summary>
    private static ObligationView AsOf(this ObligationView view, DateTimeOffset now) => (view.State, view.OpensAt) switch
    {
        ("pending" or "due", { } opens) => view with { State = now >= view.ActBy ? "overdue" : now >= opens ? "due" : "pending" },
        _ => view,
    };

    public static ObligationDocument ToDocument(this ObligationView view) => new()
    {
        Id = view.Id, Step = view.Step, Clause = view.Clause, Pack = view.Pack, PackVersion = view.PackVersion, What = view.What,
        Who = new(view.Role, view.Org), Anchor = view.Anchor,
        Readings = [.. view.Readings.Select(reading => new ReadingDocument(reading.Unit, reading.Number, reading.At))],
        DueAt = view.DueAt, AlertAt = view.AlertAt, ActBy = view.ActBy, State = view.State, Needless = view.IsNeedless ? true : null, OpensAt = view.OpensAt, Level = view.Level,
        SatisfiedBy = [.. view.SatisfiedBy.Select(one => new SatisfierDocument(one.Action, one.Outcomes, one.Whom.IsEmpty ? null : one.Whom))], Why = view.Why,
    };
}
