using System.Globalization;
using System.Text;
using Cme.Domain.Children;
using Cme.Domain.Episodes;
using Cme.Domain.Procedures;

namespace Cme.Domain.Tests.Procedures;

/// <summary>A pack as a page that a safeguarding lead can read and check against the procedure.</summary>
internal static class PackInWords
{
    public static string Page(ProcedurePack pack, IReadOnlyList<string> from)
    {
        var page = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"# {pack.Title}").AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"Pack `{pack.Id}`, version {pack.Version}. Written from: {pack.Source}.").AppendLine()
            .AppendLine("An episode keeps the version that it started under. This page is made from the pack, and a test holds the two together.").AppendLine();
        if (from.Count > 0)
        {
            page.AppendLine(CultureInfo.InvariantCulture, $"Beneath it apply the steps of {string.Join(" and ", from.Select(id => $"`{id}`"))}, unless a step here has the same name.").AppendLine();
        }
        if (pack.Definition is { } definition)
        {
            page.AppendLine("## Who misses education").AppendLine().AppendLine(Definition(definition)).AppendLine();
        }
        if (!pack.Standing.IsEmpty)
        {
            page.AppendLine("## What always holds").AppendLine();
            foreach (var clause in pack.Standing)
            {
                page.AppendLine(CultureInfo.InvariantCulture, $"- **{clause.Clause}** {clause.What}");
            }
            page.AppendLine();
        }
        page.AppendLine("## Steps").AppendLine();
        foreach (var step in pack.Steps)
        {
            page.Append(Step(step));
        }
        return page.ToString().ReplaceLineEndings("\n").TrimEnd() + "\n";
    }

    private static string Definition(EducationDefinition definition) =>
        $"{(definition.Ages is var (first, last) ? $"A child aged {first} to {last}" : "A child of compulsory school age")} on no school's roll who gets no suitable education elsewhere ({definition.Missing})"
        + $"{(definition.WhereaboutsUnknown ? ", or whose whereabouts are not known" : "")}. Who is on a roll, suitably educated at home or in alternative provision is not ({definition.NotMissing}). "
        + $"At risk: on a roll, and regularly absent or ten school days missed without permission ({definition.AtRisk}).";

    private static string Step(Step step)
    {
        var words = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"### {step.Id} ({step.Clause})").AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"{step.What}.").AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"{step.Why}").AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"- Who: {step.Who.Replace('-', ' ')}{(step.ContactsFamily ? "; stopped where the family must not be contacted" : "")}");
        foreach (var start in step.Starts)
        {
            words.AppendLine(CultureInfo.InvariantCulture, $"- When: {StepWords.When(start, Match)}");
        }
        words.AppendLine(CultureInfo.InvariantCulture, $"- Done by: {StepWords.DoneBy(step, Match)}");
        if (!step.NoNeedAfter.IsEmpty)
        {
            words.AppendLine(CultureInfo.InvariantCulture, $"- Not needed after: {StepWords.Acts(step.NoNeedAfter, Match)}");
        }
        return words.AppendLine(CultureInfo.InvariantCulture, $"- Late: {StepWords.Late(step)}").AppendLine().ToString();
    }

    private static string Match(ActionMatch match) =>
        $"`{match.Action}`{(match.Outcomes.IsEmpty ? "" : $" ({string.Join(", ", match.Outcomes)})")}"
        + (match.Whom.IsEmpty ? "" : $" of {string.Join(" or ", match.Whom.Select(Parties.Words))}");
}
