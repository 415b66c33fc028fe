using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Cme.Web.Pages.Boards;

/// <summary>An officer's work: what the officer has taken on, what nobody has, and all of it.</summary>
[Authorize(Policies.Person)]
[Audited(ReadKinds.Board)]
public sealed class WorkModel(BoardReader boards) : BoardPage(boards)
{
    public Task<IActionResult> OnGetAsync() => Show(BoardOf(Viewer.Of(User)), BoardPlace.Work, Usual);

    /// <summary>The three lists, with how much is on each.</summary>
    public IEnumerable<Figure> Tabs => View.WorkTabs;

    /// <summary>Where an officer's work comes from: the duty desk, or the officer's school.</summary>
    public static Board BoardOf(Viewer viewer) => viewer.School is { } urn ? Board.School(urn) : Board.Desk;

    /// <summary>One's own work, unless the address says otherwise.</summary>
    public static BoardQuery Usual(BoardQuery query) => query[BoardQuery.Owner] is null ? query.With(BoardQuery.Owner, BoardQuery.Me) with { Page = query.Page } : query;
}
