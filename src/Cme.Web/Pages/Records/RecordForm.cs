using Cme.Domain.Calendars;
using Cme.Domain.Episodes;
using Cme.Web.Pages.Episodes.Record;
using Cme.Web.Records;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Cme.Web.Pages.Records;

/// <summary>What is asked of a record that the authority is to lead.</summary>
public sealed class RecordForm
{
    private const int LongestNote = 2_000;

    public string? Kind { get; set; }
    public WhenDone Since { get; set; } = new();
    /// <summary>Empty while it is not known.</summary>
    public string? Reason { get; set; }
    public string? Note { get; set; }
    /// <summary>Tells this form from another of the same words.</summary>
    public string? Sending { get; set; }

    /// <summary>The kinds, each with what it is for.</summary>
    public static IReadOnlyList<(string Kind, string Hint)> Kinds { get; } =
    [
        (EpisodeKinds.Cme, "On no school’s roll, and without suitable education elsewhere. Only these records count in the national return."),
        (EpisodeKinds.MissingPerson, "Reported to the police as missing. The police lead, and we keep track."),
        (EpisodeKinds.HomeEducation, "A parent has said that the child is educated at home."),
    ];

    /// <summary>A form as it is first shown.</summary>
    public static RecordForm New(string kind, DateTimeOffset now) => new() { Kind = kind, Since = WhenDone.Of(now), Sending = Guid.NewGuid().ToString("N") };

    /// <summary>What was asked for; null where something is wrong, which is said beside its field.</summary>
    public RecordAsked? Read(ModelStateDictionary state, DateTimeOffset now)
    {
        if (Kinds.All(one => one.Kind != Kind)) { state.AddModelError(nameof(Kind), "Select what the record is about"); }
        if (Since.Date() is not { } since) { state.AddModelError(nameof(Since), "Enter a real date, such as 7 9 2026"); }
        else if (since > London.DateOf(now)) { state.AddModelError(nameof(Since), "The date must be today or in the past"); }
        if (Reason is { Length: > 0 } && MissingReasons.All.All(reason => reason.Id != Reason)) { state.AddModelError(nameof(Reason), "Select a reason from the list"); }
        if (Note?.Length > LongestNote) { state.AddModelError(nameof(Note), $"The note must be {LongestNote} characters or fewer"); }
        if (!state.IsValid) { return null; }
        var said = Kind == EpisodeKinds.Cme && Reason is { Length: > 0 } ? Reason : null;
        return new(Kind!, Since.Date()!.Value, said, null, string.IsNullOrWhiteSpace(Note) ? null : Note.Trim(), Sending);
    }
}
