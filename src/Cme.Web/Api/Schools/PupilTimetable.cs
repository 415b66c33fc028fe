using System.Text.Json;
using Cme.Contracts;
using Cme.Contracts.Schools;
using Cme.Storage.Schools;
using Cme.Web.Security;
using Orleans;

namespace Cme.Web.Api.Schools;

/// <summary>By which part-week timetable a pupil comes: read beside the roll, and changed as a change of the roll is.</summary>
public sealed class PupilTimetable(ISchools schools, IGrainFactory grains)
{
    private const int MostPupils = 10_000;

    /// <summary>The pupil, if one of that id is on the school's list.</summary>
    public async Task<PupilRecord?> FindAsync(string authority, string urn, string pupil, CancellationToken cancel) =>
        (await schools.PupilsAsync(authority, urn, null, MostPupils, cancel)).FirstOrDefault(one => one.SchoolPupilId == pupil && one.OnList);

    /// <param name="timetable">As the calendar names it; null for the whole week.</param>
    public async Task<Outcome> ChangeAsync(Viewer viewer, string urn, PupilRecord held, string? timetable)
    {
        var particulars = JsonSerializer.Deserialize(held.Particulars, EdgeJson.Default.Particulars)! with { Timetable = timetable };
        var answer = await grains.GetGrain<ISchoolGrain>(Keys.School(viewer.Authority, urn)).ChangeRoll(new RollChange
        {
            Pupils =
            [
                new Pupil
                {
                    SchoolPupilId = held.SchoolPupilId, Upn = held.Upn, FormerUpns = held.FormerUpns, Forename = held.Forename, Surname = held.Surname,
                    DateOfBirth = held.DateOfBirth, Sex = held.Sex, YearGroup = held.YearGroup, EntryDate = held.EntryDate, LeavingDate = held.LeavingDate,
                    Ground = held.Ground, Destination = held.Destination, FirstLanguage = held.FirstLanguage, Flags = held.Flags,
                    Particulars = JsonSerializer.Serialize(particulars, EdgeJson.Default.Particulars),
                },
            ],
        });
        return answer.Outcome;
    }
}
