using System.Globalization;

namespace Cme.Benchmarks.Harness;

/// <summary>How the benchmarks are to be run.</summary>
internal sealed record BenchOptions
{
    private const int UsualRounds = 5;
    private const int QuickRounds = 2;

    /// <summary>The benchmarks named on the command line; none means all.</summary>
    public IReadOnlyList<string> Names { get; private init; } = [];

    /// <summary>How many rounds count, after the warm-up.</summary>
    public int Rounds { get; private init; } = UsualRounds;

    /// <summary>Little work, to see that everything runs: its figures mean nothing and never reach the published report.</summary>
    public bool Quick { get; private init; }

    /// <summary>The published program, <c>Cme.Web.dll</c> and what belongs to it.</summary>
    public string Program { get; private init; } = Path.Combine("artifacts", "web");

    /// <summary>Where the databases are made, on a disk that is a disk. They are removed afterwards.</summary>
    public string Data { get; private init; } = "/var/tmp";

    /// <summary>The report that is written or brought up to date.</summary>
    public string Report { get; private init; } = Path.Combine("docs", "benchmarks.md");

    /// <summary>Only say which benchmarks exist.</summary>
    public bool List { get; private init; }

    /// <summary>How many rounds may be run in place of those that other work disturbed.</summary>
    public int SpareRounds => Quick ? 0 : (Rounds + 1) / 2;

    /// <summary>How large something is to be: <paramref name="full"/>, or in a quick run <paramref name="quick"/>.</summary>
    public int Size(int full, int quick) => Quick ? quick : full;

    /// <exception cref="FormatException">The command line cannot be read; the message says what is wrong.</exception>
    public static BenchOptions Parse(IReadOnlyList<string> args)
    {
        var options = new BenchOptions();
        int? rounds = null;
        string? report = null;
        for (var i = 0; i < args.Count; i++)
        {
            var (name, equals) = args[i].Split('=', 2) is [var before, var after] && before.StartsWith("--", StringComparison.Ordinal) ? (before, after) : (args[i], null);
            string Value() => equals ?? (i + 1 < args.Count ? args[++i] : throw new FormatException($"{name} needs a value."));
            switch (name)
            {
                case "--rounds": rounds = RoundsIn(Value()); break;
                case "--quick": options = options with { Quick = true }; break;
                case "--list": options = options with { List = true }; break;
                case "--program": options = options with { Program = Value() }; break;
                case "--data": options = options with { Data = Value() }; break;
                case "--report": report = Value(); break;
                case ['-', ..]: throw new FormatException($"There is no option {name}. There are --rounds N, --quick, --list, --report FILE, --program DIR and --data DIR.");
                default: options = options with { Names = [.. options.Names, name] }; break;
            }
        }
        return options with
        {
            Rounds = rounds ?? (options.Quick ? QuickRounds : UsualRounds),
            Report = report ?? (options.Quick ? Path.Combine("artifacts", "benchmarks-quick.md") : options.Report),
        };
    }

    private static int RoundsIn(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) && rounds is >= 1 and <= 100
            ? rounds
            : throw new FormatException($"'{text}' is no number of rounds: 1 to 100.");
}
