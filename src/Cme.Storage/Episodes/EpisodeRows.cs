using Cme.Storage.Connections;
using Npgsql;

namespace Cme.Storage.Episodes;

/// <summary>Reads rows of the view <c>cme.episode_row</c>.</summary>
internal static class EpisodeRows
{
    public static EpisodeRow Of(NpgsqlDataReader row) => new()
    {
        Reference = row.Text("reference"),
        Authority = row.Text("authority"),
        Kind = row.Text("kind"),
        Status = row.Text("status"),
        Stage = row.Text("stage"),
        ChildId = row.Text("child_id"),
        Forename = row.Text("forename"),
        Surname = row.Text("surname"),
        YearGroup = row.Text("year_group"),
        SchoolPupilId = row.Text("school_pupil_id"),
        Urn = row.Text("urn"),
        SchoolName = row.Text("school_name"),
        FirstDayMissing = row.Day("first_day_missing"),
        OpenedAt = row.Instant("opened_at"),
        ClosedAt = row.InstantOrNull("closed_at"),
        Closure = row.TextOrNull("closure"),
        Pack = row.Text("pack"),
        PackVersion = row.Int("pack_version"),
        Flags = row.Texts("flags"),
        Flagged = row.Flag("flagged"),
        Owner = row.TextOrNull("owner"),
        ClaimedBy = row.TextOrNull("claimed_by"),
        LastCode = row.Text("last_code"),
        Level = row.Int("level"),
        OverdueCount = row.Int("overdue_count"),
        NextAt = row.InstantOrNull("next_at"),
        NextObligation = row.TextOrNull("next_obligation"),
        Version = row.Long("version"),
        UpdatedAt = row.Instant("updated_at"),
        Number = row.Long("number"),
        ClaimedById = row.TextOrNull("claimed_by_id"),
        ClaimedOrg = row.TextOrNull("claimed_org"),
        AcknowledgedBy = row.TextOrNull("acknowledged_by"),
        AcknowledgedAt = row.InstantOrNull("acknowledged_at"),
    };
}
