using System.Text.Json;
using Cme.Domain.Calendars;
using Cme.Storage.Schools;
using Cme.TestSupport.Terms;

namespace Cme.Benchmarks.Stage;

/// <summary>The morning on which everything is measured, after 51 school days of the year: registration has just closed.</summary>
internal static class SchoolMorning
{
    /// <summary>A Monday.</summary>
    public static DateOnly Today { get; } = Dates.On("Mon 23 Nov 2026");

    /// <summary>A minute after registration closed, and 29 before the first call falls due: nothing becomes overdue while it is measured.</summary>
    public static DateTimeOffset Now { get; } = London.At(Today, new TimeOnly(9, 21));

    public static DateTimeOffset RegistrationCloses { get; } = London.At(Today, Autumn2026.Document.Am.RegistrationCloses);

    /// <summary>When the school's system held the marks of the register.</summary>
    public static DateTimeOffset RegisterTaken { get; } = London.At(Today, new TimeOnly(9, 5));

    /// <summary>The procedure that the schools follow.</summary>
    public const string Pack = "northamptonshire";

    /// <summary>The sessions before today, the latest first.</summary>
    public static IEnumerable<SessionOf> SessionsBefore()
    {
        for (var day = Autumn2026.Calendar.PreviousSchoolDay(Today); day is { } held; day = Autumn2026.Calendar.PreviousSchoolDay(held))
        {
            yield return new SessionOf(held, Session.Pm);
            yield return new SessionOf(held, Session.Am);
        }
    }

    /// <summary>Sets the demo's clock of a fresh database so that it shows <see cref="Now"/>.</summary>
    public static Task SetClockAsync(Store store) => store.DemoClock.SaveOffsetAsync(Now - TimeProvider.System.GetUtcNow());

    /// <summary>Makes a school with its calendar; its authority is there.</summary>
    /// <returns>The version of the calendar.</returns>
    public static async Task<int> PutSchoolAsync(Store store, string authority, string urn)
    {
        await store.Schools.PutAsync(new SchoolRecord { Authority = authority, Urn = urn, Name = $"School {urn}", Pack = Pack });
        return await store.Schools.PublishCalendarAsync(
            authority, urn, Autumn2026.Document.SchoolYear, JsonSerializer.Serialize(Autumn2026.Document, JsonSerializerOptions.Web), Now);
    }
}
