using System.Text.Json;
using Cme.Contracts.Boards;
using Cme.Contracts.Episodes;
using Cme.Domain.Procedures;
using Cme.Storage.Boards;
using Cme.Storage.Episodes;
using Cme.Storage.History;

namespace Cme.Grains.Boards;

/// <summary>From stored rows to the records that cross to the web nodes.</summary>
public static class BoardRows
{
    public static BoardRow Of(EpisodeRow row) => new()
    {
        Reference = row.Reference,
        Kind = row.Kind,
        Status = row.Status,
        Stage = row.Stage,
        ChildId = row.ChildId,
        Forename = row.Forename,
        Surname = row.Surname,
        YearGroup = row.YearGroup,
        SchoolPupilId = row.SchoolPupilId,
        Urn = row.Urn,
        SchoolName = row.SchoolName,
        FirstDayMissing = row.FirstDayMissing,
        OpenedAt = row.OpenedAt,
        ClosedAt = row.ClosedAt,
        Closure = row.Closure,
        Pack = row.Pack,
        PackVersion = row.PackVersion,
        Flags = row.Flags,
        Version = row.Version,
        NextObligation = row.NextObligation is { } next ? JsonSerializer.Deserialize<ObligationView>(next, StateJson.Options) : null,
        OverdueCount = row.OverdueCount,
        Level = row.Level,
        ClaimedBy = row.ClaimedBy,
        UpdatedAt = row.UpdatedAt,
        Number = row.Number,
        LastCode = row.LastCode,
        Owner = row.Owner ?? row.Urn,
        OnDesk = row.Status == "open" && (row.Flagged || row.Level >= Levels.DutyDesk || row.Owner == row.Authority),
        ClaimedById = row.ClaimedById,
        ClaimedOrg = row.ClaimedOrg,
        AcknowledgedBy = row.AcknowledgedBy,
        AcknowledgedAt = row.AcknowledgedAt,
    };

    public static ConcernCount Of(ConcernCounts counts) => new() { Open = counts.Open, Unscreened = counts.Unscreened, ChangedAt = counts.ChangedAt };

    public static SchoolCount Of(SchoolOpenCount count) => new() { Urn = count.Urn, Name = count.Name, Open = count.Open, Overdue = count.Overdue };
}

/// <summary>Reads a board's key back into which board it is.</summary>
internal static class BoardKey
{
    /// <exception cref="FormatException">No board has this key.</exception>
    public static BoardScope Parse(string key) => key.Split('-', 4) switch
    {
        ["board", var authority, "desk"] => BoardScope.Desk(authority),
        ["board", var authority, "lead"] => BoardScope.Lead(authority),
        ["board", var authority, "school", var urn] => BoardScope.School(authority, urn),
        _ => throw new FormatException($"'{key}' is no board's key."),
    };
}
