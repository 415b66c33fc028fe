using System.Collections.Immutable;
using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Domain.Children;
using Cme.Storage.Admissions;
using Cme.Web.Security;

namespace Cme.Web.Api.Admissions;

/// <summary>A pupil whom a school has admitted, and which documents are still to be seen.</summary>
/// <param name="IsLate">The pupil came so long ago that nobody is reminded any more.</param>
public sealed record AdmissionNow(AdmittedPupil Pupil, bool IsLate)
{
    public ImmutableArray<DocumentEntry> Seen => [.. Pupil.Entries.Where(entry => !entry.TakenBack)];
    public ImmutableArray<AdmissionProof> NotSeen => AdmissionProofs.NotSeen(Seen.Select(entry => entry.Proof));
    /// <summary>Whether the school is reminded of it.</summary>
    public bool IsReminded => !IsLate && !NotSeen.IsEmpty;
    public DocumentEntry? SeenOf(AdmissionProof proof) => Seen.FirstOrDefault(entry => entry.Proof == proof.Id);
}

/// <summary>What somebody records of one proof.</summary>
internal sealed record DocumentSeen(string Proof, string? Document, DateOnly SeenOn, string SeenBy, bool TakeBack);

/// <summary>The documents of admissions: what was seen, and of what schools are reminded. Nothing here can hold up an admission.</summary>
public sealed class AdmissionDesk(IAdmissions admissions, [FromKeyedServices(Clock.Business)] TimeProvider clock)
{
    private const int MostOfChild = 20;

    private DateOnly Today => London.DateOf(clock.GetUtcNow());

    /// <summary>Pupils of a school who came within a year, those who came last first.</summary>
    /// <param name="open">True for those alone of whom something was not seen.</param>
    internal Task<ImmutableArray<AdmissionNow>> ListAsync(string authority, string urn, bool open, int limit, CancellationToken cancel) => ReadAsync(
        new(authority, Today, limit) { Urn = urn, Since = AdmissionProofs.RemindedSince(Today), SeenFewerThan = open ? AdmissionProofs.All.Length : null }, cancel);

    /// <summary>One pupil on the school's list; null if there is none of that id.</summary>
    internal async Task<AdmissionNow?> FindAsync(string authority, string urn, string pupil, CancellationToken cancel) =>
        await ReadAsync(new(authority, Today, 1) { Urn = urn, Pupil = pupil }, cancel) is [var one] ? one : null;

    /// <summary>A child's admissions at each school that has the child and that the reader may read of.</summary>
    internal Task<ImmutableArray<AdmissionNow>> OfChildAsync(string authority, string childId, CancellationToken cancel) => ReadAsync(
        new(authority, Today, MostOfChild) { ChildId = childId }, cancel);

    /// <summary>What is wrong with what somebody wants to record; null if nothing is.</summary>
    internal (string Field, string Code, string Message)? WhyNot(AdmissionNow one, DocumentSeen seen) =>
        AdmissionProofs.Find(seen.Proof) is not { } proof ? ("proof", "unknown-value", $"must be one of: {string.Join(", ", AdmissionProofs.All.Select(known => known.Id))}")
        : seen.SeenOn > Today ? ("seenOn", "in-future", "must not be after today")
        : seen.TakeBack && one.SeenOf(proof) is null ? ("takeBack", "nothing-to-take-back", "There is no entry of this proof to take back.")
        : proof.Id == AdmissionProofs.UkStatus && seen.Document is not null ? ("document", "not-kept", "Of the status only that it was seen is kept. Leave out the document.")
        : null;

    /// <returns>False if somebody recorded the same proof meanwhile.</returns>
    internal Task<bool> RecordAsync(Viewer viewer, AdmissionNow one, DocumentSeen seen, CancellationToken cancel) => admissions.AddAsync(
        viewer.Authority, one.Pupil.Urn, one.Pupil.SchoolPupilId,
        new()
        {
            Proof = seen.Proof, Version = (one.Pupil.Entries.FirstOrDefault(entry => entry.Proof == seen.Proof)?.Version ?? 0) + 1, Document = seen.Document,
            SeenOn = seen.SeenOn, SeenBy = seen.SeenBy, TakenBack = seen.TakeBack, RecordedAt = clock.GetUtcNow(), RecordedBy = viewer.Id,
        },
        cancel);

    private async Task<ImmutableArray<AdmissionNow>> ReadAsync(AdmissionsAsked asked, CancellationToken cancel) =>
        [.. (await admissions.PupilsAsync(asked, cancel)).Select(pupil => new AdmissionNow(pupil, pupil.EntryDate < AdmissionProofs.RemindedSince(Today)))];
}
