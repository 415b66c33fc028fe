using System.Collections.Immutable;
using Cme.Contracts;
using Cme.Contracts.Children;
using Cme.Domain.Children;
using Cme.Storage.Schools;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Orleans;

namespace Cme.Web.Api.Children;

/// <summary>What the authority knows of a child that changes what must be done when the child is missing.</summary>
internal static class FlagEndpoints
{
    public static void MapChildFlags(this IEndpointRouteBuilder api)
    {
        var flags = api.MapGroup("/children/{childId}/flags").WithTags("Children").Audited(ReadKinds.Child);

        flags.MapPut("", Put).RequireAuthorization(Scopes.ChildWrite)
            .WithName("PutChildFlags").WithSummary("Set the authority's flags of a child")
            .WithDescription("The whole list: what it lacks is no longer set by the authority. Flags that a school's roll gives are in force besides. Every "
                + "open episode of the child follows at once. Once there are flags, a change needs their ETag as If-Match. Flags that a key may not "
                + "see can be set, are not shown, and are left as they are.")
            .Takes<FlagsDocument>().Answers<HeldFlags>(200).Refuses("unknown-child", "precondition-failed", "if-match-required");
        flags.MapGet("", Get).RequireAuthorization(Scopes.CaseRead)
            .WithName("GetChildFlags").WithSummary("Read a child's flags, with what each change set")
            .Answers<HeldFlags>(200).Refuses("unknown-child");
    }

    internal static async Task<IResult> Get(HttpContext context, string childId, ISchools schools, IGrainFactory grains)
    {
        var viewer = Viewer.Of(context.User);
        return await Find(viewer, childId, schools, context.RequestAborted) is { IsEmpty: false } pupils
            ? Held(childId, await Child(grains, childId).Flags(), pupils, viewer)
            : UnknownChild();
    }

    internal static async Task<IResult> Put(HttpContext context, string childId, ISchools schools, IGrainFactory grains)
    {
        var viewer = Viewer.Of(context.User);
        var pupils = await Find(viewer, childId, schools, context.RequestAborted);
        if (pupils.IsEmpty) { return UnknownChild(); }
        var (flags, problem) = await Body.ReadAsync(context.Request, Read);
        if (problem is not null) { return problem; }
        var answer = await Child(grains, childId).PutFlags(new()
        {
            Authority = viewer.Authority, ChildId = childId, Flags = flags, RecordedBy = viewer.Id, IfMatch = Preconditions.Of(context.Request, demanded: true),
            Unseen = Masks.UnseenFlags(viewer.Layers),
        });
        return answer.Outcome.RefusalCode is null ? Held(childId, answer.View, pupils, viewer) : Problems.For(answer.Outcome);
    }

    private static IChildGrain Child(IGrainFactory grains, string childId) => grains.GetGrain<IChildGrain>(Keys.Child(childId));

    /// <summary>The child's pupil records, if the child is of the viewer's authority and, for a school, was on its roll and has not moved on since.</summary>
    internal static async Task<ImmutableArray<ChildPupil>> Find(Viewer viewer, string childId, ISchools schools, CancellationToken cancel) =>
        await schools.PupilsOfChildAsync(viewer.Authority, childId, cancel) is var pupils && pupils.Any(pupil => Scope.MayReadSchool(viewer, pupil.Urn) && (viewer.OfAuthority || pupil.MovedOn is null))
            ? pupils : [];

    internal static ProblemResult UnknownChild() => Problems.Of("unknown-child", "Your organisation has no child with this id.");

    private static ImmutableArray<ChildFlag> Read(Fields body)
    {
        var flags = ImmutableArray.CreateBuilder<ChildFlag>();
        foreach (var item in body.Objects("flags", required: true))
        {
            var flag = new ChildFlag
            {
                Id = item.Text("id"), Source = item.Text("source"), ReviewOn = item.Date("reviewOn"), Note = item.OptionalText("note", Fields.LongText),
            };
            if (flag.Id.Length > 0 && Flags.Find(flag.Id) is null)
            {
                item.Wrong("id", "unknown-flag", $"must be one of: {string.Join(", ", Flags.All.Select(known => known.Id).Order())}");
            }
            if (flag.Id.Length > 0 && flags.Any(other => other.Id == flag.Id)) { item.Wrong("id", "duplicate-flag", "is listed twice"); }
            flags.Add(flag);
        }
        return flags.DrainToImmutable();
    }

    private static IResult Held(string childId, FlagsView view, ImmutableArray<ChildPupil> pupils, Viewer viewer)
    {
        var inForce = view.Flags.Select(flag => flag.Id).Concat(pupils.SelectMany(pupil => pupil.Pupil.Flags)).Distinct().Order(StringComparer.Ordinal);
        return Answer.Changing(new HeldFlags
        {
            Child = childId, Version = view.Version, Flags = Shown(view.Flags, viewer), InForce = Masks.Flags([.. inForce], viewer.Layers),
            History = [.. view.History.Select(change => new FlagsChangeDocument(change.Version, change.At, change.By, Shown(change.Flags, viewer)))],
        }, EdgeJson.Default.HeldFlags, view.Version);
    }

    private static ImmutableArray<FlagDocument> Shown(ImmutableArray<ChildFlag> flags, Viewer viewer) =>
    [
        .. flags.Where(flag => !Masks.Flags([flag.Id], viewer.Layers).IsEmpty)
            .Select(flag => new FlagDocument { Id = flag.Id, Source = flag.Source, ReviewOn = flag.ReviewOn, Note = flag.Note, Label = Flags.Find(flag.Id)?.Label }),
    ];
}
