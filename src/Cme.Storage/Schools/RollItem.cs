using System.Collections.Immutable;
using System.Text.Json;

namespace Cme.Storage.Schools;

/// <summary>A pupil as <c>cme.change_roll</c> takes it: SQL reads these names. <see cref="ChildId"/> is used if the child is new.</summary>
internal sealed record RollItem(
    int Ordinal, string SchoolPupilId, string ChildId, string? Upn, ImmutableArray<string> FormerUpns, string Forename, string Surname,
    DateOnly DateOfBirth, string Sex, string YearGroup, DateOnly EntryDate, DateOnly? LeavingDate, string? Ground, string? Destination,
    string? FirstLanguage, ImmutableArray<string> Flags, JsonElement Particulars)
{
    public static RollItem Of(PupilRecord pupil, int ordinal) => new(
        ordinal, pupil.SchoolPupilId, ChildIds.New(), pupil.Upn, pupil.FormerUpns, pupil.Forename, pupil.Surname, pupil.DateOfBirth,
        pupil.Sex, pupil.YearGroup, pupil.EntryDate, pupil.LeavingDate, pupil.Ground, pupil.Destination, pupil.FirstLanguage,
        pupil.Flags, JsonElement.Parse(pupil.Particulars));
}
