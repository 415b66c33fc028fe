using Cme.Domain.Registers;
using Cme.Web.Api.Registers;
using Cme.Web.Pages.Wording;

namespace Cme.Web.Pages.Schools;

/// <summary>A daily return in words.</summary>
public static class ReturnWords
{
    /// <summary>How it stands, in a word, with the tag's colour; a day without sessions has neither.</summary>
    public static (string Tag, string Colour) Tag(string state) => state switch
    {
        "made" => ("Made", "govuk-tag--green"),
        "overdue" => ("Overdue", "govuk-tag--orange"),
        "awaited" => ("Awaited", "govuk-tag--grey"),
        _ => ("None due", "govuk-tag--grey"),
    };

    /// <summary>What a mark says.</summary>
    public static string Mark(ReturnMarkDocument? mark) => mark switch
    {
        null => "Does not come",
        { Code: null } => "No register yet",
        { Late: true, MinutesLate: { } minutes } => $"{minutes} minutes late, counted as absent",
        { MinutesLate: { } minutes and > 0 } => $"{minutes} minutes late",
        { Code: "" } => "No mark",
        _ => AttendanceCode.TryParse(mark.Code, out var code) ? $"{Labels.Sentence(code.Meaning)} ({mark.Code})" : mark.Code,
    };

    /// <summary>Whether a session was reported in time.</summary>
    public static string InTime(ReturnSessionDocument session, DateTimeOffset now) => session switch
    {
        { ReceivedAt: { } at, InTime: true } => $"reported {Times.AtNear(at, now)}, in time",
        { ReceivedAt: { } at } => $"reported {Times.AtNear(at, now)}, later than fifteen minutes after the start",
        { InTime: null } => $"to be reported by {Times.Clock(session.ReportBy)}",
        _ => $"not reported, and it was to be by {Times.Clock(session.ReportBy)}",
    };
}
