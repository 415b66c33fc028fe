namespace Cme.Web.Pages.Wording;

/// <summary>
/// How long until, or since, an instant. ClientApp/live/spans.ts says the same in the browser; spans.cases.json holds both to it.
/// </summary>
public static class Spans
{
    /// <summary>Such as "in 45 minutes", "2 hours 10 minutes overdue" or "due now". Whole minutes, never rounded up.</summary>
    public static string Until(DateTimeOffset actBy, DateTimeOffset now)
    {
        var late = now >= actBy;
        var length = (now - actBy).Duration();
        if (length < TimeSpan.FromMinutes(1)) { return late ? "now overdue" : "due now"; }
        return late ? $"{Length(length)} overdue" : $"in {Length(length)}";
    }

    /// <summary>Such as "2 hours 10 minutes" or, from 24 hours on, "3 days".</summary>
    public static string Length(TimeSpan length)
    {
        if (length >= TimeSpan.FromDays(1)) { return Counted((int)length.TotalDays, "day"); }
        var hours = length.Hours > 0 ? Counted(length.Hours, "hour") : "";
        var minutes = length.Minutes > 0 ? Counted(length.Minutes, "minute") : "";
        return $"{hours} {minutes}".Trim();
    }

    /// <summary>Such as "1 day" or "3 days".</summary>
    public static string Counted(int number, string unit) => $"{number} {unit}{(number == 1 ? "" : "s")}";
}
