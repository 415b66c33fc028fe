namespace Cme.Web.Security.Reads;

/// <summary>What a route says of what it is about to show. Without a word the log has the address's own reference, child or school.</summary>
public sealed class ReadNote
{
    private static readonly object Mark = new();

    public string? Subject { get; set; }
    /// <summary>What the request is called in the log, one of <see cref="ReadKinds"/>; null if the route's own name says it.</summary>
    public string? What { get; set; }
    public string? ChildId { get; set; }
    /// <summary>Layer 4 is shown.</summary>
    public bool Fourth { get; set; }
    /// <summary>The reason that the reader gave.</summary>
    public string? Why { get; set; }
    /// <summary>False for what shows nothing yet, such as an empty page of a feed.</summary>
    public bool Counts { get; set; } = true;

    internal int Shown { get; private set; } = 1;
    internal string Content { get; private set; } = "";

    /// <summary>The note of this request.</summary>
    public static ReadNote Of(HttpContext context)
    {
        if (context.Items.TryGetValue(Mark, out var held)) { return (ReadNote)held!; }
        var note = new ReadNote();
        context.Items[Mark] = note;
        return note;
    }

    /// <summary>The rows that are shown, each by a reference or id that is no name. The log keeps how many, and a commitment to which.</summary>
    public void Rows(IEnumerable<string> references)
    {
        string[] rows = [.. references];
        (Shown, Content) = (rows.Length, string.Join('\n', rows));
    }

    /// <summary>What was sought. The log keeps a salted commitment to it, which proves words that somebody names and tells nobody any.</summary>
    public void Sought(string words) => Content = words;
}
