using System.Collections.Immutable;
using Cme.Contracts;
using Cme.Contracts.Episodes;
using Cme.Domain;
using Cme.Domain.Children;
using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Storage.Episodes;
using Cme.Storage.Letters;
using Cme.Storage.Schools;
using Cme.Web.Api.Enquiries;
using Cme.Web.Api.Episodes;
using Cme.Web.Pages.Wording;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Orleans;
using Roles = Cme.Web.Security.Roles;

namespace Cme.Web.Pages.Episodes.Record;

/// <summary>
/// Records one act about an episode: who was reached, what was found, when, and by whom. What it will lead to is told first, and a
/// form that met an ended session or a colleague's work comes back as it was filled in.
/// </summary>
[Authorize(Policies.RecordAction)]
public sealed class IndexModel(
    IGrainFactory grains, IEpisodes episodes, ISchools schools, ILetters letters, KeptForms kept, UndoOffers undo,
    EnquiryReader enquiries, [FromKeyedServices(Clock.Business)] TimeProvider clock) : PageModel
{
    /// <summary>How often it is tried while other news of the episode comes in between.</summary>
    private const int Tries = 4;

    /// <summary>The episode's reference.</summary>
    [FromRoute] public string Reference { get; set; } = "";
    /// <summary>The action to record, such as <c>call</c>.</summary>
    [FromRoute] public string What { get; set; } = "";

    public ActForm Form { get; private set; } = null!;
    public ActFields Fields { get; private set; } = new();
    public EpisodeRow Episode { get; private set; } = null!;
    public Viewer Viewer { get; private set; } = null!;
    /// <summary>What the viewer may read of the episode.</summary>
    public Access Access { get; private set; } = null!;
    /// <summary>Whom the school may reach about the child, the first to call first.</summary>
    public ImmutableArray<ContactView> Contacts { get; private set; } = [];
    /// <summary>The questions of the episode's procedure; none for a form that does not ask them.</summary>
    public ImmutableArray<Question> Questions { get; private set; } = [];
    /// <summary>What is to be corrected, or may be; the latest first.</summary>
    public ImmutableArray<Happening> Correctable { get; private set; } = [];
    /// <summary>What others did since the person read the episode.</summary>
    public ImmutableArray<Happening> Meanwhile { get; private set; } = [];
    /// <summary>What it would lead to, once the form is filled in; then the answers are to be checked.</summary>
    public Consequences? Consequences { get; private set; }
    /// <summary>Which address or which other child it is about, in words; null for a form that is about none, or one that may not be shown.</summary>
    public string? AboutWords { get; private set; }
    /// <summary>True if the form was sent after its session had ended, and was kept.</summary>
    public bool WasKept { get; private set; }

    public DateTimeOffset Now => clock.GetUtcNow();
    /// <summary>True if the form is about contacting a family that must not be contacted.</summary>
    public bool MustNotContact => (Form.ContactsFamily || FamilyContact.CanBe(Form.Action)) && Episode.Flags.Contains(Flags.DoNotContactFamily);
    public Happening? Corrected => Correctable.FirstOrDefault(one => one.Number == Fields.Corrects);

    /// <summary>Roles that somebody else of the viewer's own organisation can have.</summary>
    public IReadOnlyList<string> RolesAround =>
        [.. (Viewer.OfAuthority ? Roles.OfAuthority : Roles.OfSchool).Where(role => role != Roles.Auditor)];

    /// <param name="for">The obligation that is meant, where several are open.</param>
    /// <param name="corrects">The number of the act that this one takes the place of.</param>
    /// <param name="whom">Whom the step asks for, where it asks for one.</param>
    /// <param name="letter">The letter that was written here, for a form that records that it was sent.</param>
    /// <param name="about">Which address, or which other child, such as <c>child:7k3q92mxh4b2</c>.</param>
    public async Task<IActionResult> OnGetAsync(string? @for, int? corrects, string? whom, string? letter, string? about)
    {
        if (!await FindAsync()) { return NotFound(); }
        var history = await episodes.EventsAsync(new CallerScope(Viewer.Authority, Viewer.School), Reference);
        await ShowAsync(history);
        Fields = new()
        {
            For = @for, When = WhenDone.Of(Now), By = "me", Corrects = corrects, Seen = Episode.Version, Sending = Guid.NewGuid().ToString("N"),
            Whom = whom, About = about,
            Contact = ContactView.LastTried(history) ?? Contacts.FirstOrDefault()?.Id, Languages = Form.AsksLanguages ? "English" : null, Readers = 2,
        };
        if (letter is not null && await letters.GetAsync(new CallerScope(Viewer.Authority, Viewer.School), Reference, letter, HttpContext.RequestAborted) is { } written)
        {
            Fields.FillFrom(written);
        }
        if (Corrected?.Deed is { } was && Form.Action == was.Action) { Fields.FillFrom(was, Viewer); }
        if (await kept.FindAsync(Viewer, Reference, What, HttpContext.RequestAborted) is { } filled)
        {
            WasKept = true;
            Fields = new();
            var values = new FormCollection(filled.ToDictionary(field => field.Key, field => new Microsoft.Extensions.Primitives.StringValues(field.Value)));
            await TryUpdateModelAsync(Fields, "", new FormValueProvider(BindingSource.Form, values, System.Globalization.CultureInfo.InvariantCulture));
            ModelState.Clear();
        }
        await NameAboutAsync();
        return Page();
    }

    /// <summary>Begins the form anew, for someone who does not want what was kept.</summary>
    public async Task<IActionResult> OnPostForgetAsync()
    {
        if (!await FindAsync()) { return NotFound(); }
        await kept.ForgetAsync(Viewer, Reference, What, HttpContext.RequestAborted);
        return LocalRedirect($"/episodes/{Reference}/record-{What}");
    }

    /// <summary>Only what it would lead to, for the page to show beside the form. Empty while the form is not filled in.</summary>
    public async Task<IActionResult> OnPostPreviewAsync(ActFields fields)
    {
        if (!await FindAsync()) { return NotFound(); }
        Fields = fields;
        await ShowAsync(await episodes.EventsAsync(new CallerScope(Viewer.Authority, Viewer.School), Reference));
        if (!ModelState.IsValid || ActCheck.Faults(Form, fields, RolesAround, Now).Any()) { return Content(""); }
        var asked = await grains.GetGrain<IEpisodeGrain>(Reference).Preview(ToWire());
        return asked.Outcome.RefusalCode is null ? Partial("_Consequences", Consequences.Of(asked, Now)) : Content("");
    }

    public async Task<IActionResult> OnPostAsync(ActFields fields)
    {
        if (!await FindAsync()) { return NotFound(); }
        Fields = fields;
        var history = await episodes.EventsAsync(new CallerScope(Viewer.Authority, Viewer.School), Reference);
        await ShowAsync(history);
        await NameAboutAsync();
        if (fields.Step == "change") { return AskAgain(); }
        foreach (var (field, message) in ActCheck.Faults(Form, fields, RolesAround, Now)) { ModelState.AddModelError(field, message); }
        if (!ModelState.IsValid) { return Page(); }
        for (var attempt = 1; ; attempt++)
        {
            var asked = await grains.GetGrain<IEpisodeGrain>(Reference).Preview(ToWire());
            if (Refused(asked.Outcome)) { return Page(); }
            if (asked.Outcome.Events is not [] && HappenedMeanwhile(history, asked.Outcome.Version)) { return AskAgain(); }
            var consequences = Consequences.Of(asked, Now);
            if (asked.Outcome.Events is not [] && consequences.Fingerprint != fields.Checked) { return Check(consequences); }
            var answer = await EpisodeActs.RecordAsync(grains, Episode, ToWire() with { IfMatch = new Precondition { IsGiven = true, Versions = [asked.Outcome.Version] } });
            if (answer.Outcome.RefusalCode != "precondition-failed" || attempt == Tries) { return await Done(answer); }
            history = await episodes.EventsAsync(new CallerScope(Viewer.Authority, Viewer.School), Reference);
        }
    }

    private async Task<bool> FindAsync()
    {
        Viewer = Viewer.Of(User);
        if (await episodes.GetAsync(new CallerScope(Viewer.Authority, Viewer.School), Reference) is not { } episode) { return false; }
        if (ActForms.For(What, episode.Kind) is not { } form) { return false; }
        (Form, Episode, Access) = (form, episode, Access.Of(Viewer, episode));
        ReadNote.Of(HttpContext).Fourth = Access.Fourth;
        Questions = form.AsksQuestions
            ? [.. PackCatalogue.Shipped[new PackVersion(episode.Pack, episode.PackVersion)].QuestionsOf(form.Action)] : [];
        return Scope.MayWriteEpisode(Viewer, episode.Authority, episode.Urn);
    }

    /// <summary>Reads what the form shows beside its questions.</summary>
    private async Task ShowAsync(ImmutableArray<EventRow> history)
    {
        Correctable = [.. Happening.Of(Access.History(history), Access.Layers).Where(one => one.MayBeCorrected)];
        if (!Form.AsksContact || MustNotContact || Access.Hides(Episode.Flags)) { return; }
        var pupils = await schools.PupilsOfChildAsync(Episode.Authority, Episode.ChildId, HttpContext.RequestAborted);
        // Of a record that the authority leads, whom the latest school has.
        if (pupils.FirstOrDefault(one => one.Urn == Episode.Urn || Episode.Kind != EpisodeKinds.Whereabouts) is { Pupil: var pupil }) { Contacts = ContactView.Of(pupil, history, Now); }
    }

    private async Task NameAboutAsync()
    {
        if (Fields.About is null) { return; }
        AboutWords = (await enquiries.ReadAsync(Viewer, Access, Episode, HttpContext.RequestAborted))?.WordsOf(Fields.About);
    }

    /// <summary>The act as filled in. A step that went while the form was open is left out: what was done was done all the same.</summary>
    private RecordAction ToWire() => Fields.ToWire(Form, Viewer, Fields.When.Instant()!.Value, Corrected?.Deed);

    private PageResult AskAgain()
    {
        ModelState.Clear();
        Fields.Checked = null;
        return Page();
    }

    private PageResult Check(Consequences consequences)
    {
        ModelState.Clear();
        Consequences = consequences;
        return Page();
    }

    /// <summary>Whether a person did something that this person has not read. What the product noticed is no reason to ask again.</summary>
    private bool HappenedMeanwhile(ImmutableArray<EventRow> history, long version)
    {
        Meanwhile = [.. Happening.Of(Access.History(history), Access.Layers).Where(one => one.Number > Fields.Seen && one.ByPerson)];
        Fields.Seen = version;
        return !Meanwhile.IsEmpty;
    }

    private bool Refused(Outcome outcome)
    {
        if (outcome is { RefusalCode: "unknown-obligation" } && Fields.For is not null)
        {
            Fields.For = null;
            ModelState.AddModelError("", "The step that you meant is no longer due. Record what was done all the same?");
            return true;
        }
        if (outcome is { RefusalCode: { } code, RefusalMessage: var why }) { ModelState.AddModelError(ActCheck.FieldOf(code), why ?? "This could not be recorded."); }
        return outcome.RefusalCode is not null;
    }

    private async Task<IActionResult> Done(ActionAnswer answer)
    {
        if (Refused(answer.Outcome)) { return Page(); }
        await kept.ForgetAsync(Viewer, Reference, What, HttpContext.RequestAborted);
        TempData["Recorded"] = Said(answer);
        if (answer.Number > 0 && !answer.Outcome.Events.Contains("EpisodeReopened")) { TempData["Undo"] = undo.Make(Viewer, Reference, answer.Number); }
        return LocalRedirect($"/episodes/{Reference}");
    }

    private string Said(ActionAnswer answer)
    {
        var next = answer.Obligations.Where(it => it.State is "due" or "overdue" or "pending").MinBy(it => it.ActBy);
        return next is null
            ? "Nothing more is due."
            : $"Next: {next.What}, by {DeadlineView.Of(next.DueAt, next.ActBy, Now).By} ({Labels.Who(next.Role)}).";
    }
}
