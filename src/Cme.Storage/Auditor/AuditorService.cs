using System.Collections.Immutable;
using Cme.Storage.Duties;
using Cme.Storage.Measures;
using Cme.Storage.Sequencer;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cme.Storage.Auditor;

/// <summary>Audits on the system clock and wakes what was missed. What it wakes is counted, because it should be nothing.</summary>
public sealed partial class AuditorService(
    Audit audit, IMissedListener missed, ISequencerPoke sequencer, AuditorOptions options, TimeProvider business, TimeProvider system,
    IDuties duties, ILogger<AuditorService> logger) : BackgroundService
{
    /// <summary>The latest audit, or null before the first.</summary>
    public AuditReport? Latest { get; private set; }

    /// <summary>Audits now, and wakes what was missed.</summary>
    /// <exception cref="StorageUnavailableException">PostgreSQL cannot be reached, so nothing is proven.</exception>
    public async Task<AuditReport> AuditAsync(CancellationToken cancel = default)
    {
        var findings = await audit.FindAsync(business.GetUtcNow(), cancel);
        var woken = 0;
        foreach (var finding in findings)
        {
            StorageMeasures.Found.Add(finding.Kind);
            LogMissed(logger, finding.Kind, finding.Authority, finding.Subject, finding.Since);
            if (!await WakeAsync(finding, cancel)) { continue; }
            StorageMeasures.Woken.Add(finding.Kind);
            woken++;
        }
        StorageMeasures.Audits.Add(StorageMeasures.AuditOutcome.Proven);
        return Latest = new AuditReport(system.GetUtcNow(), findings, woken) { Silent = await NoteSilentAsync(cancel) };
    }

    /// <summary>The silent schools, each named once in the log.</summary>
    private async Task<ImmutableArray<SilentSchool>> NoteSilentAsync(CancellationToken cancel)
    {
        var before = Latest?.Silent ?? [];
        var silent = await audit.FindSilentAsync(business.GetUtcNow(), cancel);
        foreach (var school in silent.Except(before))
        {
            LogSilent(logger, school.Authority, school.Urn, school.Since);
        }
        return silent;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Every, system);
        while (await NextAsync(timer, stoppingToken))
        {
            if (!duties.AreMine) { continue; }
            try
            {
                await AuditAsync(stoppingToken);
            }
#pragma warning disable CA1031 // An audit that fails proves nothing, and says so; the next one is a minute away.
            catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
            {
                StorageMeasures.Audits.Add(StorageMeasures.AuditOutcome.NotProven);
                LogNotProven(logger, fault);
            }
        }
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<bool> WakeAsync(AuditFinding finding, CancellationToken cancel)
    {
        try
        {
            switch (finding.Kind)
            {
                case AuditKind.OverdueUnnoticed:
                    await missed.LookAsync(finding.Subject, cancel);
                    break;
                case AuditKind.SchoolUnnoticed:
                    await missed.LookAtSchoolAsync(finding.Authority, finding.Subject, cancel);
                    break;
                case AuditKind.StaleCalendar:
                    await missed.TakeCalendarsAsync(finding.Authority, finding.Subject, cancel);
                    break;
                case AuditKind.Undelivered:
                    await missed.DeliverAsync(finding.Authority, finding.Subject, cancel);
                    break;
                case AuditKind.StaleBoard:
                    await audit.PublishAgainAsync(finding.Authority, finding.Subject, cancel);
                    sequencer.Poke();
                    break;
                case AuditKind.ChainBroken:
                    return false;
                default:
                    sequencer.Poke();
                    break;
            }
            return true;
        }
#pragma warning disable CA1031 // One that cannot be woken must not keep the others asleep.
        catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogNotWoken(logger, finding.Kind, finding.Subject, fault);
            return false;
        }
    }

    [LoggerMessage(3031, LogLevel.Error, "Missed: {Kind} in authority {Authority}, {Subject}, owed since {Since}")]
    private static partial void LogMissed(ILogger logger, AuditKind kind, string authority, string subject, DateTimeOffset since);

    [LoggerMessage(3034, LogLevel.Warning, "Silent: no register of school {Urn} in authority {Authority}, missing since {Since}")]
    private static partial void LogSilent(ILogger logger, string authority, string urn, DateTimeOffset since);

    [LoggerMessage(3032, LogLevel.Error, "Could not wake {Kind} {Subject}")]
    private static partial void LogNotWoken(ILogger logger, AuditKind kind, string subject, Exception fault);

    [LoggerMessage(3033, LogLevel.Error, "The audit could not be carried out, so nothing is proven")]
    private static partial void LogNotProven(ILogger logger, Exception fault);
}
