using System.Globalization;
using System.Text;
using Cme.Domain.Calendars;
using Cme.Domain.Procedures;
using Cme.Storage.Episodes;
using Cme.Storage.Schools;
using Cme.Web.Pages.Calendars;

namespace Cme.Web.Procedures;

/// <summary>What those who own a procedure ask before they publish it: whether it can be used, and what it would have changed.</summary>
internal static class ProcedureCommand
{
    private const string Usage =
        """
        cme procedure check FILE                          whether the procedure can be used; every fault with its place
        cme procedure try FILE --from DAY --to DAY        what it would have made of what was recorded then
              --authority CODE                            whose records; needed where there are several
              --school URN                                of one school only
        """;

    /// <summary>Whether the program was asked for this instead of serving.</summary>
    public static bool IsAsked(string[] args) => args is ["procedure", ..];

    /// <summary>Whether it was asked for what needs no database.</summary>
    public static bool IsCheck(string[] args) => args is ["procedure", not "try", ..];

    /// <returns>The exit code: 0 if the procedure can be used.</returns>
    public static async Task<int> CheckAsync(string[] args)
    {
        if (args is not [_, "check", { Length: > 0 } file]) { return await RefusedAsync(Usage); }
        if (await ReadAsync(file, (name, json) => PackCatalogue.Shipped.Above(PackReader.Read(name, json))) is not { } pack) { return 1; }
        var own = PackCatalogue.Shipped.All.FirstOrDefault(one => one.Id == pack.Id && one.Version == pack.Version);
        await Console.Out.WriteLineAsync($"{pack.Id}, version {pack.Version}: {Steps(pack)}. Nothing is wrong with it.");
        if (own is not null)
        {
            await Console.Out.WriteLineAsync($"Version {pack.Version} is published: what differs from it needs a version of its own, since episodes keep the one they started under.");
        }
        return 0;
    }

    /// <returns>The exit code: 0 if it was tried.</returns>
    public static async Task<int> TryAsync(WebApplication app)
    {
        var given = app.Configuration;
        // Among the settings, since a path that begins with a slash would be taken for the name of one.
        if (given["file"] is not { Length: > 0 } file) { return await RefusedAsync(Usage); }
        if ((DayText.Read(given["from"]), DayText.Read(given["to"])) is not ({ } from, { } to) || to < from)
        {
            return await RefusedAsync($"--from and --to: give two days in order, such as --from 2026-09-01 --to 2026-12-31.\n\n{Usage}");
        }
        var trials = app.Services.GetRequiredService<ProcedureTrials>();
        if (await ReadAsync(file, trials.Read) is not { } pack) { return 1; }
        var authorities = await app.Services.GetRequiredService<ISchools>().AuthoritiesAsync();
        var asked = given["authority"];
        if (authorities.Where(one => asked is null || one.Code == asked).ToList() is not [var authority])
        {
            return await RefusedAsync($"--authority: give one of {string.Join(", ", authorities.Select(one => one.Code))}.");
        }
        var report = await trials.RunAsync(new CallerScope(authority.Code, given["school"]), pack, from, to);
        await Console.Out.WriteAsync(Written(report, pack, from, to));
        return 0;
    }

    /// <summary>The report as lines of text: a summary, and each deadline that moves.</summary>
    internal static string Written(TrialReport report, ProcedurePack pack, DateOnly from, DateOnly to)
    {
        var text = new StringBuilder().AppendLine(CultureInfo.InvariantCulture,
            $"{pack.Id}, version {pack.Version}, on what was recorded from {from:yyyy-MM-dd} to {to:yyyy-MM-dd} under procedures of that name:");
        text.AppendLine(CultureInfo.InvariantCulture, $"""
            {report.Episodes} episodes with {report.Deadlines} deadlines, of which {report.Count(TrialOutcome.Earlier)} would have fallen due earlier, {report.Count(TrialOutcome.Later)} later,
            {report.Count(TrialOutcome.NotAtAll)} not at all, and {report.Count(TrialOutcome.OnlyThen)} only under this file.
            """);
        foreach (var line in report.Lines)
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"{Word(line.Outcome),-10}  {Local(line.Was),-16}  {Local(line.Would),-16}  {line.Step.Clause,-8}  {line.Step.Id,-28}  {line.Episode}");
        }
        return text.ToString();
    }

    private static async Task<ProcedurePack?> ReadAsync(string file, Func<string, string, ProcedurePack> read)
    {
        try
        {
            return read(Path.GetFileName(file), await File.ReadAllTextAsync(file));
        }
        catch (PackInvalidException invalid)
        {
            await RefusedAsync(string.Join('\n', invalid.Faults.Select(fault => $"{Path.GetFileName(file)} {fault}")));
            return null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            await RefusedAsync($"{file} cannot be read: {unreadable.Message}");
            return null;
        }
    }

    private static string Steps(ProcedurePack pack) => pack.Beneath.IsEmpty
        ? $"{pack.Steps.Length} steps"
        : $"{pack.Steps.Length} steps, those of {string.Join(" and ", pack.Beneath.Select(one => $"{one.Id} {one.Version}"))} among them";

    private static string Word(TrialOutcome outcome) => outcome switch
    {
        TrialOutcome.Earlier => "earlier",
        TrialOutcome.Later => "later",
        TrialOutcome.NotAtAll => "not at all",
        _ => "only then",
    };

    private static string Local(DateTimeOffset? at) =>
        at is { } instant ? $"{London.DateOf(instant):yyyy-MM-dd} {London.TimeOf(instant):HH:mm}" : "-";

    private static async Task<int> RefusedAsync(string why)
    {
        await Console.Error.WriteLineAsync(why);
        return 1;
    }
}
