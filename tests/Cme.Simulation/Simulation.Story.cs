using Cme.Simulation.Oracle;
using Cme.Simulation.World;

namespace Cme.Simulation;

internal sealed partial class Simulation
{
    private void Tell(Happening happening)
    {
        if (_story is null)
        {
            return;
        }
        var fault = happening.Fault is { } planned ? $"   [after {planned.Writes} writes: {planned.Fault}]" : "";
        _story.Add($"{WallClock.Text(happening.At)}  {Words(happening)}{fault}");
    }

    /// <summary>The events that came of it, episode by episode.</summary>
    private void TellWhatCameOfIt()
    {
        if (_story is null)
        {
            return;
        }
        foreach (var (reference, history) in _machine.Database.Events)
        {
            foreach (var happened in history.Skip(_told.GetValueOrDefault(reference)))
            {
                var child = _machine.Database.Episodes[reference].ChildId;
                var pupil = _machine.Database.Pupils.First(row => row.Value.Pupil.ChildId == child).Key.Pupil;
                var step = happened.Data.TryGetProperty("step", out var name) ? $" {name.GetString()}" : "";
                var level = happened.Data.TryGetProperty("level", out var to) ? $" level {to}" : "";
                var reason = happened.Data.TryGetProperty("reason", out var why) ? $" {why.GetString()}" : "";
                _story.Add($"      {pupil} {reference}: {happened.Type}{step}{level}{reason} (of {WallClock.Text(happened.HappenedAt)}, known {WallClock.Text(happened.KnownAt)})");
            }
            _told[reference] = history.Count;
        }
    }

    private static string Words(Happening happening) => happening switch
    {
        RegisterSent sent => $"school {sent.School + 1} sends {(sent.Register.Correction ? "a correction" : sent.Register.Complete ? "the complete register" : "some marks")} of {sent.Register.Slot}"
            + $"{(sent.Copies > 1 ? ", twice at once" : "")}, as of {WallClock.Text(sent.Register.AsOf)}: {string.Join(' ', sent.Register.Marks.Select(mark => $"{mark.Pupil}={(mark.Code.Length == 0 ? "blank" : mark.Code)}{(mark.Reporter is null ? "" : $"({mark.Reporter})")}"))}",
        ActRecorded act => $"school {act.School + 1}: {act.Action} {act.Outcome} for {act.Pupil}, done {WallClock.Text(act.At - act.Ago)}",
        CalendarPublished published => $"school {published.School + 1} publishes its calendar: closed {string.Join(' ', published.Close.Select(day => $"{day:ddd d MMM}"))}, open {string.Join(' ', published.Open.Select(day => $"{day:ddd d MMM}"))}",
        RollSent roll => $"school {roll.School + 1} sends {(roll.Full ? "its full list" : "some pupils")}: {string.Join(' ', roll.Changed.Select(pupil => $"{pupil.Id} until {pupil.Leaving?.ToString("d MMM", null) ?? "further notice"}"))} without {string.Join(' ', roll.Lost)}",
        EverybodyLooks => "everybody looks at everything",
        _ => "the program dies and starts again",
    };
}
