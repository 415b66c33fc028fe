using Cme.Domain.Concerns;

namespace Cme.Web.Api.Concerns;

/// <summary>Reads the bodies of concerns, strictly, and says all that is wrong at once.</summary>
internal static class ConcernReading
{
    public static ConcernDocument Report(Fields body)
    {
        var child = body.Object("child", required: false);
        var sent = new ConcernDocument
        {
            Authority = body.OptionalText("authority"), Postcode = body.OptionalText("postcode"), Worry = body.Choice("worry", ConcernActs.Worries, "other"),
            ImmediateDanger = body.Choice("immediateDanger", ConcernActs.Dangers, "unknown"), Child = child is { } known ? Child(known) : new(),
            Seen = body.OptionalText("seen", Fields.LongText), SeenWhen = body.OptionalText("seenWhen"), OtherChildren = body.OptionalText("otherChildren", Fields.LongText),
            Language = body.OptionalText("language"), Reporter = body.Object("reporter", required: false) is { } who ? Reporter(who) : null,
        };
        if (body.Sound && !IsRecognisable(sent)) { body.Wrong("child", "unrecognisable", "must say at least one of name, school, address, postcode and description"); }
        return sent;
    }

    public static ConcernActionDocument Act(Fields body) => new(
        body.Text("action"), body.OptionalText("outcome"), body.OptionalText("whom"), body.OptionalText("way"), body.OptionalText("childId"),
        body.OptionalText("officer"), body.OptionalText("note", Fields.LongText), body.Has("at") ? body.Instant("at") : null);

    /// <summary>Whether anything is said by which somebody could recognise the child (FACTS D8).</summary>
    public static bool IsRecognisable(ConcernDocument sent) =>
        sent.Postcode is not null || sent.Child is not { Name: null, School: null, Address: null, Postcode: null, Description: null };

    private static ConcernChild Child(Fields child) => new()
    {
        Name = child.OptionalText("name"), Age = child.Has("age") ? child.TextOrNumber("age") : null, DateOfBirth = child.OptionalDate("dateOfBirth"),
        School = child.OptionalText("school"), Address = child.OptionalText("address", Fields.LongText), Postcode = child.OptionalText("postcode"),
        Description = child.OptionalText("description", Fields.LongText),
    };

    private static ReporterDocument Reporter(Fields who) => new()
    {
        Name = who.OptionalText("name"), Phone = who.OptionalText("phone"), Email = who.OptionalText("email"), Relationship = who.OptionalText("relationship"),
        MayContact = who.Flag("mayContact", otherwise: false),
    };
}
