using System.Collections.Immutable;
using System.Text.Json;
using Cme.Contracts.Schools;
using Cme.Domain.Children;

namespace Cme.Web.Api.Schools;

/// <summary>A roll as it arrived: what goes on to the school, and what could not be read.</summary>
/// <param name="Change">The pupils that could be read, and the ids of those that were listed and could not.</param>
/// <param name="Reports">Pupils that could not be read, and warnings about those that could, by position.</param>
internal sealed record RollBody(RollChange Change, List<ItemReport> Reports)
{
    private static readonly string[] Sexes = ["M", "F", "U"];

    /// <summary>How many pupils were left out because they could not be read.</summary>
    public int Unreadable => Reports.Count(report => report.Status == "rejected");

    public static RollBody Read(Fields body, bool full)
    {
        var reports = new List<ItemReport>();
        var pupils = ImmutableArray.CreateBuilder<Pupil>();
        var unreadable = ImmutableArray.CreateBuilder<string>();
        foreach (var (index, item, faults) in body.Items("pupils"))
        {
            var pupil = ReadPupil(index, item);
            if (faults.Count == 0)
            {
                pupils.Add(pupil);
                if (Upn.Check(pupil.Upn) is { IsWarning: true } odd && pupil.Upn is not null) { reports.Add(new(index, "warning", odd.Code, odd.Detail)); }
            }
            else
            {
                reports.Add(Batch.Unreadable(index, faults));
                if (pupil.SchoolPupilId.Length > 0) { unreadable.Add(pupil.SchoolPupilId); }
            }
        }
        return new(
            new RollChange
            {
                Full = full, Pupils = pupils.DrainToImmutable(), Unreadable = unreadable.DrainToImmutable(),
                ConfirmMissing = full ? body.Number("confirmMissing", 0, 1_000_000) : null,
            },
            reports);
    }

    private static Pupil ReadPupil(int index, Fields item)
    {
        var upn = ReadUpn(item);
        return new()
        {
            Index = index,
            SchoolPupilId = item.TextOrNumber("schoolPupilId"),
            Upn = upn,
            FormerUpns = item.Texts("formerUpns"),
            Forename = item.Text("forename"),
            Surname = item.Text("surname"),
            DateOfBirth = item.Date("dateOfBirth"),
            Sex = item.Has("sex") ? item.Choice("sex", Sexes, "U") : item.Text("sex"),
            YearGroup = item.TextOrNumber("yearGroup"),
            EntryDate = item.Date("entryDate"),
            LeavingDate = item.OptionalDate("leavingDate"),
            Ground = item.OptionalText("ground"),
            Destination = item.OptionalText("destination"),
            FirstLanguage = item.OptionalText("firstLanguage"),
            Flags = ReadFlags(item),
            Particulars = ReadParticulars(item),
        };
    }

    private static string? ReadUpn(Fields item)
    {
        if (item.OptionalText("upn") is not { } text) { return null; }
        if (Upn.TryParse(text, out var upn)) { return upn.Value; }
        item.Wrong("upn", "upn-format", "must be a letter and 12 digits, or (temporary) a letter, 11 digits and a letter; I, O and S are not used");
        return null;
    }

    private static ImmutableArray<string> ReadFlags(Fields item)
    {
        var flags = item.Texts("flags");
        foreach (var unknown in flags.Where(flag => flag.Length > 0 && Flags.Find(flag) is null))
        {
            item.Wrong("flags", "unknown-flag", $"has '{unknown}', which is no flag");
        }
        return [.. flags.Distinct()];
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
        return JsonSerializer.Serialize(new Particulars(address, contacts), EdgeJson.Default.Particulars);
    }
}
