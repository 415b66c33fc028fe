using Cme.Domain;
using Cme.Domain.Enquiries;
using Cme.Storage.Episodes;
using Cme.Web.Api.Enquiries;
using Cme.Web.Pages.Episodes.Record;
using Cme.Web.Pages.Wording;
using Cme.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Cme.Web.Pages.Episodes;

/// <summary>The checklist of the enquiries that school and council make together: what was asked, what came of it, and what is still to be asked.</summary>
[Authorize(Policies.Episode)]
public sealed class EnquiriesModel(IEpisodes episodes, EnquiryReader reader, [FromKeyedServices(Clock.Business)] TimeProvider clock) : EpisodePart(episodes)
{
    public EnquiriesNow Enquiries { get; private set; } = null!;
    public DateTimeOffset Now => clock.GetUtcNow();

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await FindAsync() || await reader.ReadAsync(Viewer, Access, Episode, HttpContext.RequestAborted) is not { } now) { return NotFound(); }
        Enquiries = now;
        return Page();
    }

    /// <summary>Where the viewer records a line; what comes first for a visit whose risk nobody has weighed.</summary>
    public (string Address, string Words) RecordOf(EnquiryLine line) => line.State == EnquiryState.AssessFirst
        ? ($"/episodes/{Reference}/record-risk-assessment", "Assess the risk first")
        : ($"/episodes/{Reference}/record-{line.Action}{(line.Whom is { } whom ? $"?whom={whom}" : "")}", line.State == EnquiryState.Asked ? "Record another" : "Record it");

    /// <summary>Where the viewer records a visit to one address, or what comes first.</summary>
    public (string Address, string Words) VisitOf(EnquiredOne one) => one.State == EnquiryState.AssessFirst
        ? ($"/episodes/{Reference}/record-risk-assessment", "Assess the risk first")
        : ($"/episodes/{Reference}/record-visit?whom={(one.Line == "visit-home" ? "home" : "other-address")}&about={OneByOne.Address}:{one.Ref}", "Record a visit");

    /// <summary>Where the viewer says why nobody goes to an address.</summary>
    public string WhyNotOf(EnquiredOne one) => $"/episodes/{Reference}/record-enquiry?whom=other-addresses&about={OneByOne.Address}:{one.Ref}";

    /// <summary>Where the viewer records what another child's school said.</summary>
    public string AskedOf(EnquiredOne one) => $"/episodes/{Reference}/record-enquiry?whom={one.Line["enquiry-".Length..]}&about={OneByOne.Child}:{one.Ref}";

    public static (string Words, string Colour) TagOf(EnquiryLine line) => TagOf(line.State);

    public static (string Words, string Colour) TagOf(EnquiryState state) => state switch
    {
        EnquiryState.LeftOut => ("Left out", "govuk-tag--grey"),
        EnquiryState.Asked => ("Asked", "govuk-tag--green"),
        EnquiryState.Stopped => ("Stopped", "govuk-tag--red"),
        EnquiryState.AssessFirst => ("Assess first", "govuk-tag--orange"),
        _ => ("To ask", "govuk-tag--blue"),
    };

    /// <summary>What came of it, and how it was done: "By phone. New information, said in the note. …".</summary>
    public static string Said(EnquiryRecord one) => string.Join(". ", new[]
    {
        ActForms.For(one.Action) is { } form
            ? form.Channels.FirstOrDefault(way => way.Id == one.How)?.Words : null,
        ActForms.For(one.Action)?.Groups.SelectMany(group => group.Choices).FirstOrDefault(choice => choice.Id == one.Outcome)?.Words ?? (one.Outcome is { } other ? Labels.Words(other) : null),
        one.Together is { } together ? $"With {together}" : null,
        one.Note,
    }.Where(words => !string.IsNullOrWhiteSpace(words)));
}
