using System.Collections.Immutable;
using Cme.Domain.Enquiries;
using Cme.Domain.Episodes;
using Cme.Storage.Episodes;
using Cme.Web.Api.Episodes;
using Cme.Web.Pages.Episodes.Record;
using Cme.Web.Pages.Wording;

namespace Cme.Web.Pages.Episodes;

/// <summary>One thing that happened, as the page's timeline tells it: the sentence that the API's timeline gives too.</summary>
public sealed record Happening
{
    /// <summary>Its number in the history.</summary>
    public required long Number { get; init; }
    public required DateTimeOffset At { get; init; }
    /// <summary>When it was known here, if that was a minute or more later.</summary>
    public required DateTimeOffset? KnownLater { get; init; }
    public required string What { get; init; }
    public required HappeningKind Kind { get; init; }
    /// <summary>Null too for a note of a layer that the viewer does not read.</summary>
    public required string? Note { get; init; }
    /// <summary>True if there is a note that only those read who answer for safeguarding.</summary>
    public required bool Confidential { get; init; }
    /// <summary>What shows it, and where that is kept.</summary>
    public required ImmutableArray<EvidenceLine> Evidence { get; init; }
    /// <summary>In which way, to whom and in which languages, in words; empty if nobody said.</summary>
    public required string How { get; init; }
    /// <summary>True if it was corrected later and counts no longer.</summary>
    public required bool TakenBack { get; init; }
    /// <summary>True if a person or a system of theirs did it, not the product by itself.</summary>
    public required bool ByPerson { get; init; }
    /// <summary>The act itself; null for what is none. Not to be shown as it is: its note may be for others.</summary>
    public required Deed? Deed { get; init; }

    /// <summary>Whether somebody may put another act in its place, or take it back.</summary>
    public bool MayBeCorrected => Deed is { Action: not (ActionNames.Correct or ActionNames.Reopen) } && !TakenBack;

    /// <summary>The history for a viewer, the newest first.</summary>
    /// <param name="layers">The highest layer that the viewer reads.</param>
    public static ImmutableArray<Happening> Of(ImmutableArray<EventRow> history, int layers) =>
        [.. Timeline.Told(history, layers).Reverse().Select(told => Of(told.Happened, told.Entry, told.Actor))];

    private static Happening Of(EpisodeEvent happened, TimelineEntry entry, string actor)
    {
        var deed = (happened as EpisodeEvent.ActionRecorded)?.Deed;
        return new()
        {
            Number = entry.Version,
            At = entry.At,
            KnownLater = entry.KnownAt - entry.At >= TimeSpan.FromMinutes(1) ? entry.KnownAt : null,
            What = entry.Text,
            Kind = HappeningKinds.Of(happened),
            Note = entry.Note,
            Confidential = deed is { Layer: >= 3, Note: not null },
            Evidence = [.. entry.Evidence?.Select(EvidenceLine.Of) ?? []],
            How = HowOf(entry),
            TakenBack = entry.CorrectedBy is not null,
            ByPerson = actor != "product",
            Deed = deed,
        };
    }

    private static string HowOf(TimelineEntry entry) => string.Join(". ", new[]
    {
        ActForms.For(entry.Action)?.Channels.FirstOrDefault(way => way.Id == entry.Channel)?.Words ?? (entry.Channel is { } other ? Labels.Words(other) : null),
        entry.Languages is { } languages ? $"In {string.Join(", ", languages)}" : null,
    }.OfType<string>());
}

/// <summary>What a reader of the timeline may be looking for.</summary>
public enum HappeningKind
{
    Contact,
    Decision,
    Register,
    Deadline,
    System,
}

/// <summary>The kinds as the page's filter names them.</summary>
public static class HappeningKinds
{
    /// <summary>Each kind, as it stands in the page's address and as it is called.</summary>
    public static ImmutableArray<(HappeningKind Kind, string Id, string Words)> All { get; } =
    [
        (HappeningKind.Contact, "contact", "Calls and contact"),
        (HappeningKind.Decision, "decisions", "Decisions and enquiries"),
        (HappeningKind.Register, "registers", "Registers"),
        (HappeningKind.Deadline, "deadlines", "Deadlines and escalation"),
        (HappeningKind.System, "system", "Calendar and responsibility"),
    ];

    public static HappeningKind? Find(string? id) => All.Where(one => one.Id == id).Select(one => (HappeningKind?)one.Kind).FirstOrDefault();

    public static HappeningKind Of(EpisodeEvent happened) => happened switch
    {
        EpisodeEvent.ActionRecorded { Deed.Action: var action } => ActForms.For(action)?.Kind == ActKind.Family ? HappeningKind.Contact : HappeningKind.Decision,
        EpisodeEvent.EpisodeOpened or EpisodeEvent.AbsenceStands or EpisodeEvent.ConfirmationAsked or EpisodeEvent.SeenElsewhere
            or EpisodeEvent.WentOffRoll or EpisodeEvent.PlaceSettled or EpisodeEvent.EpisodeClosed { ByCode: true } or EpisodeEvent.EpisodeReopened { ByPerson: false } => HappeningKind.Register,
        EpisodeEvent.PlaceAsked or EpisodeEvent.PlaceAnswered => HappeningKind.Contact,
        EpisodeEvent.BecameOverdue or EpisodeEvent.Escalated or EpisodeEvent.AlertRaised or EpisodeEvent.DeadlinesMoved => HappeningKind.Deadline,
        EpisodeEvent.CalendarTaken or EpisodeEvent.HandedOver or EpisodeEvent.HandedBack => HappeningKind.System,
        _ => HappeningKind.Decision,
    };
}

/// <summary>What shows that something was done.</summary>
/// <param name="Letter">The id of a letter that is kept here; null for what is kept elsewhere.</param>
public sealed record EvidenceLine(string Words, string? Letter)
{
    public static EvidenceLine Of(EvidenceDocument one) => one.Kind switch
    {
        EvidenceField.Letter => new("The letter as it was sent", one.Ref),
        OneByOne.Address => new("About one of the addresses where the child may live", null),
        OneByOne.Child => new("About another child of the family", null),
        _ => new($"{Labels.Words(one.Kind)}: {one.Ref}", null),
    };
}
