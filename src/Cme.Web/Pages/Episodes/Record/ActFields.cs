using System.Collections.Immutable;
using Cme.Contracts.Episodes;
using Cme.Domain.Enquiries;
using Cme.Domain.Episodes;
using Cme.Storage.Letters;
using Cme.Web.Security;

namespace Cme.Web.Pages.Episodes.Record;

/// <summary>What somebody filled in: everything that the form sends, and that is kept for them should the form have to wait.</summary>
public sealed class ActFields
{
    /// <summary>How much can be shown to be there on one form.</summary>
    public const int EvidenceRows = 3;

    /// <summary>The obligation that is meant, where several are open.</summary>
    public string? For { get; set; }
    public string? Outcome { get; set; }
    public WhenDone When { get; set; } = new();
    /// <summary><c>me</c>, <c>other</c>, or <c>same</c>: whoever did what is corrected.</summary>
    public string? By { get; set; }
    public string? ByName { get; set; }
    public string? ByRole { get; set; }
    /// <summary>The id of one of the child's contacts.</summary>
    public string? Contact { get; set; }
    public string? Channel { get; set; }
    /// <summary>With commas between them.</summary>
    public string? Languages { get; set; }
    public string? Note { get; set; }
    /// <summary>Of a note: 2 for everyone who works on the episode, 3 for those who answer for safeguarding.</summary>
    public int? Readers { get; set; }
    public List<EvidenceField> Evidence { get; set; } = [];
    /// <summary>Whom it was about, as published.</summary>
    public string? Whom { get; set; }
    /// <summary>Which address, or which other child, of those that are enquired into one by one: its kind, a colon and which.</summary>
    public string? About { get; set; }
    /// <summary>Who did it together with the one who did it, by name.</summary>
    public string? Together { get; set; }
    /// <summary>What a review decided: what is done next, who does it, and by which day.</summary>
    public string? PlanWhat { get; set; }
    public string? PlanOwner { get; set; }
    public WhenDone PlanBy { get; set; } = new();
    /// <summary>In the order of the procedure's questions.</summary>
    public List<AnswerField> Answers { get; set; } = [];
    /// <summary>The number of the act that this one takes the place of.</summary>
    public int? Corrects { get; set; }

    /// <summary>The version of the episode that the person had read.</summary>
    public long Seen { get; set; }
    /// <summary>Tells this form from another of the same words, so that sending it twice records it once.</summary>
    public string? Sending { get; set; }
    /// <summary>The consequences that the person has read, in short (<see cref="Consequences.Fingerprint"/>).</summary>
    public string? Checked { get; set; }
    /// <summary>Whose form it is, sealed (<see cref="KeptForms"/>).</summary>
    public string? Seal { get; set; }
    /// <summary><c>change</c> to go back from the answers to the form.</summary>
    public string? Step { get; set; }

    /// <summary>The act, by one who is signed in. What was not asked is not sent.</summary>
    /// <param name="at">When it was done.</param>
    /// <param name="corrected">What it takes the place of, if it does.</param>
    public RecordAction ToWire(ActForm form, Viewer viewer, DateTimeOffset at, Deed? corrected = null) => new()
    {
        Action = form.Action,
        Outcome = form.HasOutcomes ? Typed(Outcome) : null,
        At = at,
        ObligationId = Typed(For),
        PerformerName = DidBy(viewer, corrected).Name,
        PerformerRole = DidBy(viewer, corrected).Role,
        PerformerOrg = DidBy(viewer, corrected).Org,
        Channel = form.Channels.Any(way => way.Id == Channel) ? Channel : null,
        ContactId = form.AsksContact ? Typed(Contact) : null,
        Note = Typed(Note),
        Languages = form.AsksLanguages
            ? [.. (Languages ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)] : [],
        Layer = form.AsksReaders && Readers == 3 ? 3 : form.Layer,
        Evidence =
        [
            .. Evidence.Where(one => Typed(one.Ref) is not null).Select(one => new EvidenceWire(one.Kind ?? "document", one.Ref!.Trim())),
            .. About?.Split(':') is [OneByOne.Address or OneByOne.Child, { Length: > 0 } which] named ? [new EvidenceWire(named[0], which)] : Array.Empty<EvidenceWire>(),
        ],
        Corrects = Corrects,
        Whom = form.Parties.Any(party => party.Id == Whom) ? Whom : null,
        Together = form.AsksTogether ? Typed(Together) : null,
        Plan = form.AsksPlan && HasPlan ? new PlanWire(PlanWhat!.Trim(), PlanOwner!.Trim(), PlanBy.Date()!.Value) : null,
        Answers = form.AsksQuestions
            ? [.. Answers.Where(one => one is { Question: not null } && JudgementAnswer.Values.Contains(one.Value ?? "")).Select(one => new AnswerWire(one.Question!, one.Value!, Typed(one.Why)))]
            : [],
        Sending = Typed(Sending),
        RecordedBy = viewer.Id,
        RecordedFor = viewer.Organisation,
    };

    /// <summary>Fills in what is known of a letter that was written here, for whoever records that it was sent.</summary>
    public void FillFrom(LetterRecord letter)
    {
        Outcome = "sent";
        Contact = letter.Contact ?? Contact;
        Languages = letter.Language is { } other ? $"English, {other}" : "English";
        Evidence = [new EvidenceField { Kind = EvidenceField.Letter, Ref = letter.Id }];
    }

    /// <summary>Whether any of the plan is filled in; then all of it must be.</summary>
    public bool HasPlan => Typed(PlanWhat) is not null || Typed(PlanOwner) is not null || !PlanBy.IsEmpty;

    /// <summary>Fills in what was recorded, for whoever corrects it.</summary>
    public void FillFrom(Deed was, Viewer viewer)
    {
        (Outcome, When, For) = (was.Outcome, WhenDone.Of(was.At), was.ObligationId);
        (Contact, Channel, Languages) = (was.ContactId, was.Channel, string.Join(", ", was.Languages));
        // Layer 4 goes into no form, to whomever it is open: what is sent from here is of layer 3 at most.
        (Note, Readers) = (Masks.Note(was.Note, was.Layer, viewer.Layers), was.Layer);
        (Whom, Together) = (was.Whom, was.Together);
        if (was.Plan is { } plan)
        {
            (PlanWhat, PlanOwner) = (plan.What, plan.Owner);
            PlanBy = new()
            {
                Day = plan.By.Day.ToString(System.Globalization.CultureInfo.InvariantCulture), Month = plan.By.Month.ToString(System.Globalization.CultureInfo.InvariantCulture),
                Year = plan.By.Year.ToString(System.Globalization.CultureInfo.InvariantCulture),
            };
        }
        Answers = [.. was.Answers.Where(_ => was.Layer <= viewer.Layers).Select(one => new AnswerField { Question = one.Question, Value = one.Answer, Why = one.Why })];
        By = was.By.Name == viewer.Name ? "me" : "same";
        About = was.Evidence.FirstOrDefault(one => one.Kind is OneByOne.Address or OneByOne.Child) is { } about ? $"{about.Kind}:{about.Ref}" : null;
        Evidence = [.. was.Evidence.Where(one => was.Layer <= viewer.Layers && one.Kind is not (OneByOne.Address or OneByOne.Child)).Select(one => new EvidenceField { Kind = one.Kind, Ref = one.Ref })];
    }

    /// <summary>Who did it: not always who fills in the form.</summary>
    public Performer DidBy(Viewer viewer, Deed? corrected) => By switch
    {
        "other" => new(ByName?.Trim() ?? "", ByRole ?? "", viewer.Organisation, viewer.Id),
        "same" when corrected is not null => corrected.By with { RecordedBy = viewer.Id },
        _ => new(viewer.Name, viewer.Role, viewer.Organisation, viewer.Id),
    };

    private static string? Typed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>An answer to one of the procedure's questions.</summary>
public sealed class AnswerField
{
    public string? Question { get; set; }
    /// <summary>yes, no or unknown; null while nobody has answered.</summary>
    public string? Value { get; set; }
    public string? Why { get; set; }
}

/// <summary>What shows that it was done, and where that is kept.</summary>
public sealed class EvidenceField
{
    /// <summary>The kinds that people have, in words.</summary>
    public static ImmutableArray<Choice> Kinds { get; } =
        [new("document", "Document"), new("photo", "Photo"), new("email", "E-mail"), new("call-recording", "Call recording"), new("record", "Record in another system"), new(Letter, "Letter written here")];

    /// <summary>A letter that this service keeps; its place is the letter's id.</summary>
    public const string Letter = "letter";

    public string? Kind { get; set; }
    public string? Ref { get; set; }
}
