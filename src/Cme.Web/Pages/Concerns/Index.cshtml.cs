using System.Collections.Immutable;
using System.Globalization;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Concerns;

/// <summary>What the public has reported to the authority: what is to be done, the most urgent first, or what is closed.</summary>
[Authorize(Policies.Desk)]
[Audited(ReadKinds.Concern)]
public sealed class IndexModel(ConcernReader reader) : PageModel
{
    private const int PageSize = 50;

    /// <summary>Which of them: <c>new</c>, <c>overdue</c>, <c>mine</c> or <c>closed</c>; all open ones unless said.</summary>
    [BindProperty(SupportsGet = true)] public string? Show { get; set; }

    /// <summary>Where the page before ended; of closed ones.</summary>
    [BindProperty(SupportsGet = true)] public string? Before { get; set; }

    public ImmutableArray<ConcernView> Concerns { get; private set; } = [];
    /// <summary>The lists that there are: what each is called, its address, how many it has, and whether it is this one.</summary>
    public ImmutableArray<(string Words, string Address, int? Count, bool Here)> Lists { get; private set; } = [];
    public string? Next { get; private set; }
    public bool MayWork { get; private set; }

    /// <summary>What was done a moment ago.</summary>
    [TempData] public string? Recorded { get; set; }

    public async Task OnGetAsync()
    {
        var viewer = Viewer.Of(User);
        MayWork = !viewer.ReadOnly;
        var open = await reader.OpenAsync(viewer, HttpContext.RequestAborted);
        if (Show == "closed")
        {
            (Concerns, var more) = await reader.ClosedAsync(viewer, Position(Before), PageSize, HttpContext.RequestAborted);
            Next = more ? $"/concerns?show=closed&before={Concerns[^1].Concern.Received.At.UtcTicks.ToString(CultureInfo.InvariantCulture)}.{Concerns[^1].Record.Reference}" : null;
        }
        else
        {
            Concerns = [.. open.Where(one => IsIn(Show, one, viewer))];
        }
        Lists =
        [
            .. new (string Words, string? Name)[] { ("Open", null), ("New", "new"), ("Overdue", "overdue"), ("Mine", "mine"), ("Closed", "closed") }
                .Select(list => (list.Words, list.Name is null ? "/concerns" : $"/concerns?show={list.Name}",
                    list.Name == "closed" ? (int?)null : open.Count(one => IsIn(list.Name, one, viewer)), list.Name == Show)),
        ];
        ReadNote.Of(HttpContext).Rows(Concerns.Select(one => one.Record.Reference));
    }

    private static bool IsIn(string? list, ConcernView one, Viewer viewer) => list switch
    {
        "new" => one.Concern.Risk is null, "overdue" => one.IsOverdue, "mine" => one.Concern.Holder?.Id == viewer.Id, _ => true,
    };

    private static (DateTimeOffset, string)? Position(string? before) =>
        before?.Split('.') is [var ticks, var reference] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            && at <= DateTimeOffset.MaxValue.UtcTicks ? (new(at, TimeSpan.Zero), reference) : null;
}
