using System.Collections.Concurrent;
using Cme.Domain;
using Cme.Storage;
using Cme.Storage.Connections;
using Cme.Web.Security;
using Cme.Web.Security.People;
using Microsoft.AspNetCore.SignalR;

namespace Cme.Web.Live;

/// <summary>
/// Closes the sockets of those who may no longer watch: a person whose access or session ended, and a key that was revoked. What
/// ends here closes them at once; what ended on another node, or by time alone, a look every few seconds finds.
/// </summary>
public sealed class LiveSockets : BackgroundService
{
    private static readonly TimeSpan LookedEvery = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, HubCallerContext> _open = new(StringComparer.Ordinal);
    private readonly PersonSessions _sessions;
    private readonly IKeyring _keyring;
    private readonly TimeProvider _clock;

    public LiveSockets(PersonSessions sessions, Standings standings, IKeyring keyring, [FromKeyedServices(Clock.System)] TimeProvider clock)
    {
        (_sessions, _keyring, _clock) = (sessions, keyring, clock);
        standings.Ended += person => _ = LookAsync(person);
        keyring.Ended += key => _ = LookAsync(key);
    }

    public void Opened(HubCallerContext socket) => _open[socket.ConnectionId] = socket;

    public void Closed(HubCallerContext socket) => _open.TryRemove(socket.ConnectionId, out _);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(LookedEvery, _clock);
        while (await tick.WaitForNextTickAsync(stoppingToken)) { await LookAsync(null); }
    }

    /// <param name="viewer">Whose sockets to look at; null for everybody's.</param>
    private async Task LookAsync(string? viewer)
    {
        // Told of by somebody's request, perhaps, and asked for everybody: whose key it is, no reader may see.
        using var asTheProduct = Reader.AsTheProduct();
        foreach (var socket in _open.Values)
        {
            if (socket.User is { } user && (viewer is null || Viewer.TryOf(user)?.Id == viewer) && !await MayStayAsync(socket)) { socket.Abort(); }
        }
    }

    private async Task<bool> MayStayAsync(HubCallerContext socket)
    {
        try
        {
            return Viewer.TryOf(socket.User) switch
            {
                null => false,
                { Kind: ViewerKind.Person } => await _sessions.HoldsAsync(socket.User!, PersonSessions.Longest, CancellationToken.None),
                _ => socket.GetHttpContext() is { } http && KeyAuthentication.Sent(http.Request) is { } key
                    && await _keyring.FindAsync(key, CancellationToken.None) is not null,
            };
        }
        catch (StorageUnavailableException)
        {
            // Nobody can say while the database is away, and nothing new comes over a socket then.
            return true;
        }
    }
}
