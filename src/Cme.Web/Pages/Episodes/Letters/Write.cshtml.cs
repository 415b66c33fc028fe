using System.Collections.Immutable;
using System.Text.Json;
using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Domain.Children;
using Cme.Domain.Episodes;
using Cme.Grains.Rules;
using Cme.Storage.Episodes;
using Cme.Storage.Letters;
using Cme.Storage.Schools;
using Cme.Web.Api;
using Cme.Web.Letters;
using Cme.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Cme.Web.Pages.Episodes.Letters;

/// <summary>
/// Writes a letter to a parent: which one, to whom, the draft filled from the record for the person to change, and a copy in another
/// language. What is kept is a version of its own; that it was sent is recorded afterwards.
/// </summary>
[Authorize(Policies.RecordAction)]
public sealed class WriteModel(
    IEpisodes episodes, ISchools schools, ILetters letters, IRulebook rulebook, [FromKeyedServices(Clock.Business)] TimeProvider clock) : EpisodePart(episodes)
{
    private const int LongestText = 10_000;

    /// <summary>The choice of no name: the letter is to whoever cares for the child.</summary>
    public const string NobodyByName = "none";

    /// <summary>NOR-11: three working days to reply.</summary>
    private static readonly WorkingDays ToReply = new(3);

    [BindProperty(SupportsGet = true)] public string? Kind { get; set; }
    [BindProperty(SupportsGet = true)] public string? Contact { get; set; }
    [BindProperty] public string? Body { get; set; }
    [BindProperty] public string? Language { get; set; }
    [BindProperty] public string? Translation { get; set; }
    /// <summary>The same for the same form, so that a letter sent twice by a double press is kept once.</summary>
    [BindProperty] public string? Sending { get; set; }

    public LetterTemplate? Template => LetterTemplate.Find(Kind);
    /// <summary>Whom the roll names; none where the viewer may not see all that hides them.</summary>
    public ImmutableArray<Addressee> Addressees { get; private set; } = [];
    /// <summary>What was kept before, the newest first.</summary>
    public ImmutableArray<LetterRecord> Kept { get; private set; } = [];
    public string To { get; private set; } = "";
    public bool AddressHidden { get; private set; }
    public ImmutableArray<string> Address { get; private set; } = [];
    /// <summary>Nobody writes to a family that must not be contacted.</summary>
    public bool MustNotContact => Episode.Flags.Contains(Flags.DoNotContactFamily);
    /// <summary>The drafts speak for a school, so a record that the authority leads has none.</summary>
    private bool MayWriteHere => MayRecord && Episode.Kind == EpisodeKinds.Whereabouts;

    /// <summary>The child's first language, where it is not English.</summary>
    public string? OtherLanguage { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await FindAsync() || !MayWriteHere) { return NotFound(); }
        if (MustNotContact) { return Page(); }
        await AddressAsync();
        Kept = await letters.OfEpisodeAsync(Caller, Reference, HttpContext.RequestAborted);
        if (Template is { } template) { (Body, Sending) = (template.Draft(await FactsAsync()), Guid.NewGuid().ToString("n")); }
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await FindAsync() || !MayWriteHere || Template is null) { return NotFound(); }
        if (MustNotContact) { return Page(); }
        await AddressAsync();
        foreach (var (field, fault) in Wrong()) { ModelState.AddModelError(field, fault); }
        if (!ModelState.IsValid) { return Page(); }
        var letter = new LetterRecord
        {
            Id = $"letter-{Sending}", Authority = Episode.Authority, Urn = Episode.Urn, Episode = Reference, Kind = Template.Id, Contact = Contact == NobodyByName ? null : Contact, Addressee = To,
            Address = Address, Body = Body!.ReplaceLineEndings("\n").Trim(), Language = Typed(Language), Translation = Typed(Translation)?.ReplaceLineEndings("\n"),
            MadeAt = clock.GetUtcNow(), MadeBy = Viewer.Id,
        };
        await letters.AddAsync(letter, HttpContext.RequestAborted);
        return LocalRedirect($"/episodes/{Reference}/letters/{letter.Id}");
    }

    private IEnumerable<(string Field, string Fault)> Wrong()
    {
        if (!Guid.TryParseExact(Sending, "n", out _)) { yield return ("", "Open the letter again: the form was not whole."); }
        if (Typed(Body) is null) { yield return (nameof(Body), "Write the letter"); }
        if (Body?.Length > LongestText || Translation?.Length > LongestText) { yield return (nameof(Body), $"Keep the letter under {LongestText} characters"); }
        if (Typed(Translation) is not null && Typed(Language) is null) { yield return (nameof(Language), "Enter the language of the copy"); }
        if (Typed(Translation) is null && Typed(Language) is not null) { yield return (nameof(Translation), "Write the copy in that language, or leave the language out"); }
    }

    /// <summary>Whom it may go to and where. An address that is hidden goes onto no letter, whoever writes it.</summary>
    private async Task AddressAsync()
    {
        var pupil = (await schools.PupilsOfChildAsync(Episode.Authority, Episode.ChildId, HttpContext.RequestAborted)).FirstOrDefault(one => one.Urn == Episode.Urn)?.Pupil;
        var particulars = pupil is null ? null : JsonSerializer.Deserialize(pupil.Particulars, EdgeJson.Default.Particulars);
        Addressees = Access.Hides(Episode.Flags) ? []
            : [.. (particulars?.Contacts ?? []).Where(one => one.ParentalResponsibility).OrderBy(one => one.Priority ?? int.MaxValue).Select(one => new Addressee(one.Id, one.Name))];
        // Whom nobody has chosen yet, the one who is called first.
        var chosen = Contact is null ? Addressees.FirstOrDefault() : Addressees.FirstOrDefault(one => one.Id == Contact);
        (Contact, To) = (chosen?.Id ?? NobodyByName, chosen?.Name ?? $"Parent or carer of {Heading.Name}");
        AddressHidden = pupil?.AddressHidden == true || Access.Hides(Episode.Flags);
        Address = Masks.Address(particulars?.Address, AddressHidden) is { } address ? [.. address.Lines.Append(address.Postcode ?? "").Where(line => line.Length > 0)] : [];
        OtherLanguage = Languages.MayNotBeEnglish(pupil?.FirstLanguage) ? pupil!.FirstLanguage : null;
    }

    private async Task<LetterFacts> FactsAsync()
    {
        var today = London.DateOf(clock.GetUtcNow());
        var replyBy = await rulebook.Calendar(Episode.Authority, Episode.Urn) is { } calendar
            ? (await rulebook.For(Episode.Authority, Episode.Urn, calendar.Version, Episode.YearGroup, new PackVersion(Episode.Pack, Episode.PackVersion))).Authority.After(today, ToReply)
            : WorkingCalendar.Usual.After(today, ToReply);
        return new(Contact == NobodyByName ? "parent or carer" : To, Episode.Forename, Episode.SchoolName, Episode.FirstDayMissing, today, replyBy, Viewer.Name, Roles.Title(Viewer.Role).ToLowerInvariant());
    }

    private static string? Typed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>Somebody with parental responsibility whom the letter may be to.</summary>
public sealed record Addressee(string Id, string Name);
