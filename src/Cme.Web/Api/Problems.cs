using System.Collections.Frozen;
using System.Collections.Immutable;
using Cme.Contracts;

namespace Cme.Web.Api;

/// <summary>
/// The one table from the code of a refusal to its HTTP status and title. A code is published: it may gain a better title, never
/// another meaning.
/// </summary>
internal static class Problems
{
    private static readonly FrozenDictionary<string, (int Status, string Title)> Table = new Dictionary<string, (int, string)>
    {
        ["bad-request"] = (400, "The request could not be understood"),
        ["invalid-idempotency-key"] = (400, "The idempotency key cannot be used"),
        ["malformed-json"] = (400, "The body is not well-formed JSON"),
        ["unauthenticated"] = (401, "A valid key is needed"),
        ["forbidden"] = (403, "Not allowed"),
        ["insufficient-scope"] = (403, "The key lacks a scope"),
        ["not-found"] = (404, "Not found"),
        ["unknown-school"] = (404, "No such school"),
        ["unknown-authority"] = (404, "No such authority"),
        ["unknown-child"] = (404, "No such child"),
        ["unknown-referral"] = (404, "No such referral"),
        ["unknown-concern"] = (404, "No such concern"),
        ["unknown-search"] = (404, "No such search"),
        ["unknown-episode"] = (404, "No such episode"),
        ["not-open"] = (404, "No such episode"),
        ["unknown-calendar"] = (404, "No calendar for this school year"),
        ["unknown-question"] = (404, "No such question"),
        ["unknown-leave"] = (404, "No such leave"),
        ["register-not-taken"] = (404, "The register was never taken"),
        ["method-not-allowed"] = (405, "Method not allowed"),
        ["not-acceptable"] = (406, "Not available in the format asked for"),
        ["request-timeout"] = (408, "The request took too long to arrive"),
        ["closed"] = (409, "The episode is closed"),
        ["not-closed"] = (409, "The episode is open"),
        ["idempotency-in-progress"] = (409, "The same request is being carried out"),
        ["epoch-changed"] = (409, "The feed was begun anew"),
        ["too-late-to-undo"] = (409, "Too late to undo"),
        ["another-open"] = (409, "The child has another open episode at this school"),
        ["screen-first"] = (409, "Nobody has said how great the risk is"),
        ["match-first"] = (409, "Nobody has said which child it is"),
        ["checks-first"] = (409, "The checks come first"),
        ["refer-first"] = (409, "The police or children’s services come first"),
        ["other-children-first"] = (409, "The other children of the family come first"),
        ["do-not-contact-family"] = (409, "The family must not be contacted"),
        ["claimed"] = (409, "Somebody else has claimed it"),
        ["no-longer-asked"] = (409, "Nobody needs the answer any more"),
        ["leave-cancelled"] = (409, "The leave was cancelled"),
        ["leave-overlaps"] = (409, "The pupil has leave on these days already"),
        ["still-to-tell"] = (409, "Somebody must be told first"),
        ["unmatched-referral"] = (409, "Nobody has said which child it is"),
        ["roll-shrunk"] = (409, "The roll lost more pupils than is plausible"),
        ["precondition-failed"] = (412, "It has changed since you read it"),
        ["body-too-large"] = (413, "The body is too large"),
        ["unsupported-media-type"] = (415, "The body must be JSON"),
        ["invalid"] = (422, "Some values are wrong"),
        ["all-rejected"] = (422, "Every item was rejected"),
        ["unknown-pack"] = (422, "No such procedure is installed"),
        ["calendar-invalid"] = (422, "The calendar is not consistent"),
        ["no-calendar"] = (422, "No calendar is published for this day"),
        ["unknown-pupil"] = (422, "The school has no such pupil"),
        ["leave-return-not-after-start"] = (422, "The expected return is not after the first day of leave"),
        ["leave-outside-calendar"] = (422, "No calendar is published for the first day of leave"),
        ["not-left"] = (422, "No such pupil has left"),
        ["not-exempt"] = (422, "The file is owed"),
        ["unknown-ground"] = (422, "No such ground for taking a name off the roll"),
        ["not-a-school-day"] = (422, "The school does not meet then"),
        ["session-in-future"] = (422, "The session has not begun"),
        ["outcome-not-allowed"] = (422, "This action does not have this outcome"),
        ["whom-not-allowed"] = (422, "This action cannot be about them"),
        ["question-not-asked"] = (422, "The procedure does not ask this"),
        ["unknown-action"] = (422, "The episode has no such action"),
        ["idempotency-key-reused"] = (422, "The idempotency key was used for another request"),
        ["at-in-future"] = (422, "The time is in the future"),
        ["seen-on-another-day"] = (422, "The question is about another day"),
        ["at-before-received"] = (422, "The time is before the concern was received"),
        ["note-required"] = (422, "Say what came of it, or why"),
        ["at-before-first-day"] = (422, "The time is before the first day missing"),
        ["unknown-obligation"] = (422, "The episode has no such obligation"),
        ["clock-backwards"] = (422, "The clock never goes back"),
        ["if-match-required"] = (428, "Say which version you have read"),
        ["too-many-requests"] = (429, "Too many requests"),
        ["internal-error"] = (500, "Something is broken here"),
        ["storage-unavailable"] = (503, "The database cannot be reached"),
        ["not-ready"] = (503, "Not ready yet"),
    }.ToFrozenDictionary();

    /// <summary>Every published code with its status and title.</summary>
    public static IEnumerable<(string Code, int Status, string Title)> All =>
        Table.Select(entry => (entry.Key, entry.Value.Status, entry.Value.Title)).OrderBy(entry => entry.Status).ThenBy(entry => entry.Key);

    /// <summary>The problem with this code.</summary>
    /// <param name="code">A key of the table. A code of the domain that the table lacks is told as 422.</param>
    /// <param name="detail">What is wrong this time and what to do about it.</param>
    /// <param name="errors">The places in the body that are wrong.</param>
    public static ProblemResult Of(string code, string detail, IEnumerable<PlaceProblem>? errors = null)
    {
        var (status, title) = Table.GetValueOrDefault(code, (422, "Refused"));
        return new(new ProblemDocument
        {
            Type = ProblemDocument.TypeOf(code), Code = code, Status = status, Title = title, Detail = detail,
            Errors = errors?.ToImmutableArray(),
        });
    }

    /// <summary>The domain's ordinary no, as a problem.</summary>
    public static ProblemResult For(Outcome refused)
    {
        var problem = Of(refused.RefusalCode ?? throw new ArgumentException("This was not refused.", nameof(refused)), refused.RefusalMessage ?? "");
        return refused.Allowed.IsEmpty ? problem : problem with { Document = problem.Document with { Allowed = refused.Allowed } };
    }

    /// <summary>Places in the body that are wrong.</summary>
    public static ProblemResult Invalid(IReadOnlyList<PlaceProblem> errors) => Of("invalid",
        errors.Count == 1 ? errors[0].Detail : $"{errors.Count} values are wrong; 'errors' lists them.", errors);

    /// <summary>There is no such thing, or it belongs to another organisation.</summary>
    public static ProblemResult UnknownSchool(string urn) => Of("unknown-school",
        $"Your organisation has no school '{urn}'. Check the URN; an authority creates its schools with PUT /api/v1/schools/{{urn}}.");

    /// <summary>There is no such episode, or it belongs to another organisation.</summary>
    public static ProblemResult UnknownEpisode() => Of("unknown-episode", "Your organisation has no episode with this reference.");

    /// <summary>What the framework said with a bare status, as a problem.</summary>
    public static ProblemResult ForStatus(HttpContext context, int status) => status switch
    {
        401 => Of("unauthenticated", "Send the key of your organisation as 'Authorization: Bearer cme_…'."),
        403 => Of("forbidden", "This key may not do that."),
        404 => Of("not-found", $"There is nothing at {context.Request.Path}. The addresses are listed at /docs."),
        405 => Of("method-not-allowed",
            $"{context.Request.Path} does not take {context.Request.Method}. It takes: {context.Response.Headers.Allow}."),
        406 => Of("not-acceptable", "This is only available as JSON."),
        408 => Of("request-timeout", "Send the request again."),
        413 => Body.TooLarge(),
        415 => Body.NotJson(context.Request.ContentType),
        429 => Of("too-many-requests", "Wait for as long as Retry-After says, then send it again."),
        503 => Of("not-ready", "Try again in a moment."),
        >= 400 and < 500 => Of("bad-request", "The request could not be understood.").As(status),
        _ => Of("internal-error", "This is our fault. Nothing was half done.").As(status),
    };
}
