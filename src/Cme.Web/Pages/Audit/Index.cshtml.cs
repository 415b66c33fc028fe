using System.Collections.Immutable;
using Cme.Storage.Reads;
using Cme.Web.Pages.People;
using Cme.Web.Pages.Wording;
using Cme.Web.Security;
using Cme.Web.Security.People;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Audit;

/// <summary>For auditors: who looked at a record, and what a person did, newest first, with how far the chain was proved.</summary>
[Authorize(Policies.Log)]
[Audited(ReadKinds.Log)]
public sealed class IndexModel(IReadLog log) : PageModel
{
    /// <summary>Entries a page.</summary>
    public const int PageSize = 50;

    private const string OfPeople = ReadKinds.People + ":";

    /// <summary>An episode's reference, a child's id, a board or a school.</summary>
    [BindProperty(SupportsGet = true)] public string? Record { get; set; }
    /// <summary>A person's id, as the log shows it.</summary>
    [BindProperty(SupportsGet = true)] public string? Person { get; set; }
    [BindProperty(SupportsGet = true)] public string? What { get; set; }
    [BindProperty(SupportsGet = true)] public long? Before { get; set; }

    public ImmutableArray<ChainedRead> Entries { get; private set; } = [];
    public ChainProof? Proof { get; private set; }
    /// <summary>Where the next page begins; null on the last.</summary>
    public long? Next { get; private set; }

    public async Task OnGetAsync()
    {
        var viewer = Viewer.Of(User);
        using var auditor = viewer.Reader.AsAuditor().Begin();
        var filter = new ReadFilter { Subject = Given(Record), Reader = Given(Person), What = Given(What), Before = Before };
        var found = await log.ListAsync(viewer.Authority, filter, PageSize + 1, HttpContext.RequestAborted);
        Entries = [.. found.Take(PageSize)];
        Next = found.Length > PageSize ? Entries[^1].Number : null;
        Proof = await log.ProofAsync(viewer.Authority, HttpContext.RequestAborted);
        var note = ReadNote.Of(HttpContext);
        note.Subject = filter.Subject ?? filter.Reader;
        note.Rows(Entries.Select(entry => entry.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    /// <summary>The address of a page with the same filters.</summary>
    public string Address(long? before) => "/audit" + QueryString.Create(new Dictionary<string, string?>
    {
        ["record"] = Given(Record), ["person"] = Given(Person), ["what"] = Given(What),
        ["before"] = before?.ToString(System.Globalization.CultureInfo.InvariantCulture),
    }.Where(one => one.Value is not null));

    /// <summary>Who it was, in words: people with their role, systems, and whoever is neither.</summary>
    public static string Who(ChainedRead entry) => entry switch
    {
        { Reader: PersonAudit.Nobody } => "Somebody who was not let in",
        { Reader: PersonAudit.Operator } => "Whoever runs this service",
        { Role.Length: > 0 } => $"{entry.Name}, {Roles.Title(entry.Role).ToLowerInvariant()}, {entry.Organisation}",
        _ => $"{entry.Name} (a system), {entry.Organisation}",
    };

    /// <summary>The reason that was given; what a change of a person was its words say already.</summary>
    public static string? Why(ChainedRead entry) => entry.What.StartsWith(OfPeople, StringComparison.Ordinal) ? null : entry.Why;

    /// <summary>What a kind of entry is called where it is chosen.</summary>
    public static string Kind(string kind) => kind switch
    {
        ReadKinds.People => "Sign-ins, and changes to people and keys",
        ReadKinds.Record => "Records of episodes",
        ReadKinds.Child => "Records of children",
        ReadKinds.RollSearch => "Pupils looked for on a roll",
        ReadKinds.BreakGlass => "Restricted records opened with a reason",
        ReadKinds.Log => "This log",
        ReadKinds.Search => "Searches",
        ReadKinds.Reporter => "Who reported a concern",
        _ => $"{Labels.Words(kind)}s",
    };

    /// <summary>What was read or done, in words.</summary>
    public static string Words(ChainedRead entry)
    {
        if (entry.What.StartsWith(OfPeople, StringComparison.Ordinal))
        {
            return PeopleWords.Event(new(entry.At, "", entry.Reader, entry.Subject, entry.What[OfPeople.Length..], entry.Why ?? ""));
        }
        var changed = entry.What.EndsWith(ReadKinds.Changed, StringComparison.Ordinal);
        var what = (changed ? entry.What[..^ReadKinds.Changed.Length] : entry.What) switch
        {
            "sign-in" => "Signed in",
            ReadKinds.BreakGlass => changed ? "Opened a restricted record with a reason" : "Was asked for a reason",
            ReadKinds.Record => changed ? "Changed a record" : "Opened a record",
            ReadKinds.Child => changed ? "Changed a child’s flags" : "Opened a child’s flags",
            ReadKinds.Board => "Opened a board",
            ReadKinds.Search => changed ? "Sent a search" : "Read a search’s results",
            ReadKinds.List => "Listed records",
            ReadKinds.RollSearch => "Looked for pupils on a roll",
            ReadKinds.Concern => changed ? "Worked on a concern of the public" : "Opened a concern of the public",
            ReadKinds.Reporter => "Saw who reported a concern",
            ReadKinds.Log => changed ? "Acknowledged an opening" : "Read this log",
            var other => (changed ? "Changed: " : "Read: ") + other,
        };
        return entry.Fourth ? $"{what}, restricted parts included" : what;
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
