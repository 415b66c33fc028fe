using System.Globalization;
using System.Text;
using Cme.Web.Api;
using Cme.Web.Api.Concerns;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Cme.Web.Pages.Report;

/// <summary>What somebody has answered so far.</summary>
public sealed class ReportAnswers
{
    /// <summary>Nobody reads twelve questions and answers them sooner.</summary>
    private static readonly TimeSpan TooSoon = TimeSpan.FromSeconds(5);

    public Dictionary<string, string> Given { get; init; } = new(StringComparer.Ordinal);

    /// <summary>When it was begun, by the system clock.</summary>
    public DateTimeOffset BegunAt { get; init; }

    /// <summary>The line that people do not see was filled in.</summary>
    public bool Trapped { get; set; }

    /// <summary>Once it is sent; everything else is then forgotten.</summary>
    public string? Reference { get; init; }

    /// <summary>An answer, or null.</summary>
    public string? this[string name] => Given.GetValueOrDefault(name);

    public bool IsBegun => Given.ContainsKey(ReportQuestions.Danger) && Reference is null;

    /// <summary>Whether anything is known by which somebody could recognise the child.</summary>
    public bool IsRecognisable => ReportQuestions.Recognising.Any(name => this[name] is not null);

    /// <summary>Whether a machine may have filled it in. Its report is taken all the same, and the desk sees the doubt.</summary>
    public bool IsSuspect(DateTimeOffset now) => Trapped || now - BegunAt < TooSoon;

    /// <summary>Takes what was posted for a question, and says what is wrong with it.</summary>
    public void Take(ReportQuestion question, IFormCollection posted, ModelStateDictionary faults)
    {
        foreach (var name in question.Names)
        {
            var text = Cleaned(posted[name].ToString());
            if (!question.Choices.IsEmpty && question.Choices.All(choice => choice.Value != text)) { text = ""; }
            if (text.Length == 0) { Given.Remove(name); } else { Given[name] = text; }
            if (text.Length == 0 && question.Missing.Length > 0) { faults.AddModelError(name, question.Missing); }
            if (question.Fields.FirstOrDefault(field => field.Name == name) is { } field) { CheckLength(field, text, faults); }
        }
        if (question.Id == "description" && !IsRecognisable)
        {
            faults.AddModelError("description", "Tell us one thing by which we could recognise the child: a name, a school, a place, or what they look like");
        }
        if (question.Id == "your-details" && this["yourPhone"] is null && this["yourEmail"] is null)
        {
            faults.AddModelError("yourPhone", "Enter a telephone number or an email address, or go back and choose to stay anonymous");
        }
    }

    /// <summary>As it is taken in. Of whoever wants to stay anonymous nothing goes along, whatever they had written before.</summary>
    public ConcernDocument ToDocument() => new()
    {
        Authority = this[ReportQuestions.Council], Worry = this["worry"] ?? "other", ImmediateDanger = this[ReportQuestions.Danger] ?? "unknown",
        Child = new() { Name = this["name"], Age = this["age"], School = this["school"], Address = this["address"], Postcode = this["postcode"], Description = this["description"] },
        Seen = this["seen"], SeenWhen = this["seenWhen"], OtherChildren = this["otherChildren"], Language = this["language"],
        Reporter = this[ReportQuestions.Contact] != "yes" ? null
            : new() { Name = this["yourName"], Phone = this["yourPhone"], Email = this["yourEmail"], Relationship = this["relationship"], MayContact = true },
    };

    private static void CheckLength(ReportField field, string text, ModelStateDictionary faults)
    {
        var longest = field.Rows > 1 ? Fields.LongText : Fields.ShortText;
        if (text.Length > longest)
        {
            faults.AddModelError(field.Name, string.Create(CultureInfo.InvariantCulture, $"{field.Label.TrimEnd('?')}: write at most {longest:N0} characters"));
        }
    }

    /// <summary>Without what no keyboard writes: PostgreSQL cannot hold a NUL, and somebody may have pasted anything.</summary>
    private static string Cleaned(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var letter in text.ReplaceLineEndings("\n"))
        {
            if (!char.IsControl(letter) || letter is '\n' or '\t') { kept.Append(letter); }
        }
        return kept.ToString().Trim();
    }
}
