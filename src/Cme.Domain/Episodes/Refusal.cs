using System.Collections.Immutable;

namespace Cme.Domain.Episodes;

/// <summary>The domain's ordinary no: a stable code, and words that say what to do.</summary>
public sealed record Refusal(string Code, string Message)
{
    public ImmutableArray<string> Allowed { get; init; } = [];

    public static Refusal NotOpen { get; } =
        new("not-open", "No episode is open under this reference. Check the reference on the board.");

    public static Refusal AlreadyClosed(string reason) =>
        new("closed", $"This episode is closed ({reason}). If the child is missing again, the next register opens a new episode, linked to this one.");

    public static Refusal NotClosed { get; } =
        new("not-closed", "This episode is open, so there is nothing to reopen.");

    public static Refusal Claimed(Holder holder) =>
        new("claimed", $"{holder.Officer} ({holder.Org}) has this episode. Ask for it to be released, or have the authority assign it.");

    public static Refusal UnknownAction(int number) =>
        new("unknown-action", $"This episode has no action number {number} that still counts. Take the number from the timeline ('version').");

    public static Refusal NothingToCorrect { get; } =
        new("invalid", "'correct' takes back an earlier action: name its number in 'corrects'.");

    public static Refusal TooLateToUndo { get; } =
        new("too-late-to-undo", "This can no longer be undone. Correct it instead: say what is right, and both stay in the history.");

    public static Refusal OutcomeNotAllowed(string action, string? outcome, ImmutableArray<string> allowed) =>
        new("outcome-not-allowed",
            $"'{action}' with {(outcome is null ? "no outcome" : $"the outcome '{outcome}'")} cannot be recorded. Use one of: {string.Join(", ", allowed)}.")
        { Allowed = allowed };

    public static Refusal WhomNotAllowed(string action, string whom, ImmutableArray<string> allowed) =>
        new("whom-not-allowed", allowed.IsEmpty
            ? $"'{action}' takes no 'whom'. Leave it out."
            : $"'{action}' cannot be of '{whom}'. Use one of: {string.Join(", ", allowed)}; or leave 'whom' out and say it in the note.")
        { Allowed = allowed };

    public static Refusal QuestionNotAsked(string action, string question, ImmutableArray<string> asked) =>
        new("question-not-asked", asked.IsEmpty
            ? $"This episode's procedure asks no questions for '{action}'. Leave 'answers' out and say it in the note."
            : $"This episode's procedure does not ask '{question}'. Answer one of: {string.Join(", ", asked)}.")
        { Allowed = asked };

    public static Refusal AtInFuture(DateTimeOffset now) =>
        new("at-in-future", $"'at' lies in the future: it is now {now.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}. Send when it was done.");

    public static Refusal AtBeforeFirstDay(DateOnly first) =>
        new("at-before-first-day", $"'at' is before the first day missing, {first:yyyy-MM-dd}. What was done before belongs to an earlier episode.");

    public static Refusal UnknownQuestion { get; } =
        new("unknown-question", "Nobody asks this of your organisation. GET …/questions lists what is asked.");

    public static Refusal NoLongerAsked { get; } =
        new("no-longer-asked", "The child is no longer missing there, so nobody needs the answer any more.");

    public static Refusal SeenOnAnotherDay(DateOnly on) =>
        new("seen-on-another-day", $"The question is about {on:yyyy-MM-dd}. Give when the child was seen on that day, or answer that the child was not.");

    public static Refusal StillToTell(IEnumerable<string> what) =>
        new("still-to-tell", $"Somebody must be told before this is closed: {string.Join("; ", what)}. Record each notice, or in its note why it is not needed.");

    public static Refusal UnknownObligation(string id) =>
        new("unknown-obligation", $"This episode has no obligation '{id}'. Leave 'obligationId' out, or take one from GET …/obligations.");
}

/// <summary>What became of a command.</summary>
public abstract record Decision
{
    public sealed record Accepted(ImmutableArray<EpisodeEvent> Events) : Decision;

    public sealed record Refused(Refusal Why) : Decision;

    private Decision()
    {
    }
}
