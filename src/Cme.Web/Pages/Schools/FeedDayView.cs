using System.Collections.Immutable;
using Cme.Domain.Calendars;
using Cme.Domain.Registers;
using Cme.Storage.Registers;
using Cme.Web.Pages.Boards;
using Cme.Web.Pages.Wording;

namespace Cme.Web.Pages.Schools;

/// <summary>How it went with a session's register, in words.</summary>
/// <param name="Address">The register's own page; null if none has come.</param>
/// <param name="Faults">Marks that were sent and could not be taken.</param>
public sealed record FeedDayView(string Session, RegisterLine Line, string? Address, int Faults)
{
    /// <summary>The registers that were to be sent, the latest first.</summary>
    public static ImmutableArray<FeedDayView> Of(SchoolFeed feed, ImmutableArray<SheetRecord> sheets, DateTimeOffset now) =>
    [
        .. from register in feed.Registers.Reverse()
           where register.Opens <= now || register.Received is not null
           let which = register.Session
           let name = SessionNames.Of(which.Session)
           let sheet = sheets.FirstOrDefault(sheet => sheet.Date == which.Date && sheet.Session == name)
           let line = RegistersView.Line(feed, register, now)
           select new FeedDayView(
               line.Session, line, sheet is null ? null : $"/schools/{feed.Urn}/registers/{which.Date:yyyy-MM-dd}/{name}",
               sheet?.Marks.Count(mark => mark.Code == AttendanceCode.Faulty.Text) ?? 0),
    ];
}
