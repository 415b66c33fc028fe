using System.Collections.Immutable;
using Cme.Contracts.Episodes;
using Cme.Domain.Episodes;
using Cme.Web.Pages.Wording;

namespace Cme.Web.Pages.Episodes;

/// <summary>Somebody who must be told, and whether that was done.</summary>
/// <param name="Who">Such as "The previous school".</param>
/// <param name="Whom">The same as published.</param>
/// <param name="Told">By whom and when; null while nobody has.</param>
public sealed record TellView(string Id, string Who, string Whom, string What, string? Told)
{
    /// <summary>The steps that tell one party, those that are still to be done first.</summary>
    /// <param name="happenings">The history as the viewer may read it.</param>
    public static ImmutableArray<TellView> Of(ImmutableArray<ObligationView> owed, ImmutableArray<Happening> happenings) =>
    [
        .. (from one in owed
            where one.State is "due" or "overdue" or "pending" or "satisfied"
            where one.SatisfiedBy is [{ Action: ActionNames.Notify, Whom: [var _] }, ..]
            let whom = one.SatisfiedBy[0].Whom[0]
            let notice = happenings.FirstOrDefault(act => !act.TakenBack && act.Deed is { Action: ActionNames.Notify } deed && deed.Whom == whom && act.At == one.SatisfiedAt)
            select new TellView(one.Id, Labels.Sentence(Parties.Words(whom)), whom, one.What,
                one.State != "satisfied" ? null : notice is null ? "Not needed any more" : $"Told by {notice.Deed!.By.Name}, {Times.Full(notice.At)}"))
            .OrderBy(one => one.Told is not null),
    ];
}
