using System.Collections.Immutable;
using System.Text.Json;
using Cme.Contracts.Schools;
using Cme.Domain.Children;
using Cme.Domain.Registers.Removals;
using Cme.Storage.Schools;

namespace Cme.Web.Api.Schools;

/// <summary>A roll as it arrived: what goes on to the school, and what could not be read.</summary>
/// <param name="Change">The pupils that could be read, and the ids of those that were listed and could not.</param>
/// <param name="Unreadable">Pupils that could not be read, by position.</param>
/// <param name="Hidden">Ids of pupils whose address was sent back as it was read: hidden.</param>
internal sealed record RollBody(RollChange Change, Dictionary<int, ItemReport> Unreadable, ImmutableHashSet<string> Hidden)
{
    private static readonly string[] Sexes = ["M", "F", "U"];

    private static readonly string[] Grounds = [.. RemovalGround.All.Select(ground => ground.Letter)];

    public static RollBody Read(Fields body, bool full)
    {
        var rejected = new Dictionary<int, ItemReport>();
        var pupils = ImmutableArray.CreateBuilder<Pupil>();
        var unreadable = ImmutableArray.CreateBuilder<string>();
        var hidden = ImmutableHashSet.CreateBuilder<string>();
        foreach (var (index, item, faults) in body.Items("pupils"))
        {
            var pupil = ReadPupil(index, item);
            if (faults.Count == 0)
            {
                pupils.Add(pupil);
                if (item.Flag("addressHidden", otherwise: false)) { hidden.Add(pupil.SchoolPupilId); }
                continue;
            }
            rejected.Add(index, Batch.Unreadable(index, faults));
            if (pupil.SchoolPupilId.Length > 0) { unreadable.Add(pupil.SchoolPupilId); }
        }
        return new(
            new RollChange
            {
                Full = full, Pupils = pupils.DrainToImmutable(), Unreadable = unreadable.DrainToImmutable(),
                ConfirmMissing = full ? body.Number("confirmMissing", 0, 1_000_000) : null,
            },
            rejected, hidden.ToImmutable());
    }

    /// <summary>
    /// The roll with what its sender could not have read put back: a system that sends what it read must not take away an address that
    /// is hidden from it, nor the flags that hide it.
    /// </summary>
    /// <param name="held">The pupils as they are held.</param>
    /// <param name="unseen">Flags that the sender is not shown.</param>
    public RollBody WithWhatWasHidden(IEnumerable<PupilRecord> held, ImmutableArray<string> unseen)
    {
        var before = held.Where(pupil => Hidden.Contains(pupil.SchoolPupilId)).ToDictionary(pupil => pupil.SchoolPupilId);
        return this with
        {
            Change = Change with
            {
                Pupils = [.. Change.Pupils.Select(sent => before.TryGetValue(sent.SchoolPupilId, out var was) && Hidden.Contains(sent.SchoolPupilId)
                    ? sent with { Flags = [.. sent.Flags.Union(was.Flags.Intersect(unseen))], Particulars = WithAddress(sent.Particulars, was.Particulars) }
                    : sent)],
            },
        };
    }

    private static string WithAddress(string sent, string held)
    {
        var (now, before) = (JsonSerializer.Deserialize(sent, EdgeJson.Default.Particulars)!, JsonSerializer.Deserialize(held, EdgeJson.Default.Particulars));
        return JsonSerializer.Serialize(now with { Address = now.Address ?? before?.Address }, EdgeJson.Default.Particulars);
    }

    private static Pupil ReadPupil(int index, Fields item) => new()
    {
        Index = index,
        SchoolPupilId = item.TextOrNumber("schoolPupilId"),
        Upn = item.OptionalText("upn"),
        FormerUpns = item.Texts("formerUpns"),
        Forename = item.Text("forename"),
        Surname = item.Text("surname"),
        DateOfBirth = item.Date("dateOfBirth"),
        Sex = item.Has("sex") ? item.Choice("sex", Sexes, "U") : item.Text("sex"),
        YearGroup = item.TextOrNumber("yearGroup"),
        EntryDate = item.Date("entryDate"),
        LeavingDate = item.OptionalDate("leavingDate"),
        Ground = item.OptionalText("ground") is null ? null : item.Choice("ground", Grounds, ""),
        Destination = item.OptionalText("destination"),
        FirstLanguage = item.OptionalText("firstLanguage"),
        Flags = ReadFlags(item),
        Particulars = ReadParticulars(item),
    };

    /// <summary>A flag that is misspelt would protect nobody: it is refused, and what is held of the pupil stays.</summary>
    private static ImmutableArray<string> ReadFlags(Fields item)
    {
        var flags = item.Texts("flags");
        for (var index = 0; index < flags.Length; index++)
        {
            if (Flags.All.All(known => known.Id != flags[index]))
            {
                item.Wrong($"flags/{index}", "unknown-flag", $"must be one of: {string.Join(", ", Flags.All.Select(known => known.Id).Order())}");
            }
        }
        return flags;
    }

    private static string ReadParticulars(Fields item)
    {
        var address = item.Object("address", required: false) is { } sent
            ? new AddressDocument(sent.Texts("lines"), sent.OptionalText("postcode")) : null;
        ImmutableArray<ContactDocument> contacts =
        [
            .. item.Objects("contacts").Select(contact => new ContactDocument
            {
                Id = contact.TextOrNumber("id"), Name = contact.Text("name"), Relationship = contact.OptionalText("relationship"),
                ParentalResponsibility = contact.Flag("parentalResponsibility", otherwise: false), Phones = contact.Texts("phones"),
                Email = contact.OptionalText("email"), Priority = contact.Number("priority", 1, 99),
            }),
        ];
        return JsonSerializer.Serialize(new Particulars(address, contacts) { Timetable = item.OptionalText("timetable") }, EdgeJson.Default.Particulars);
    }
}
