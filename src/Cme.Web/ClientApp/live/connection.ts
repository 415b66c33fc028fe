// The live feed as one board hears it. It says that something has changed; the rows themselves come as the server's HTML.
import { HubConnectionBuilder, LogLevel, type HubConnection } from '@microsoft/signalr';

/** Heartbeats come every 5 seconds: three missed ones mean that nobody is there. */
export const staleAfter = 15_000;

export interface Listener {
  /** The board now stands at `number` of `epoch`. */
  changed(epoch: string, number: number): void;
  /** Something beside the rows has changed, such as how much the public has reported. */
  counted(): void;
  heartbeat(number: number, at: number): void;
  denied(): void;
  /** Nobody is signed in here any more. What is shown is nobody's to read. */
  signedOut(): void;
  /** The server cannot reach the board: what is shown may be old until the next heartbeat. */
  stale(): void;
  /** What is known already, so that only what came after is sent. */
  known(): { epoch: string; number: number };
}

/** Whether an answer was to lead to the sign-in page: asked for with `redirect: 'manual'`. */
export const leadsAway = (response: Response): boolean => response.type === 'opaqueredirect' || response.status === 401;

export async function listen(board: string, listener: Listener): Promise<void> {
  let over = false;
  const look = async (): Promise<void> => {
    if (over || !(await isSignedOut())) { return; }
    over = true;
    listener.signedOut();
  };
  const hub = new HubConnectionBuilder()
    .withUrl('/live')
    .withAutomaticReconnect({
      nextRetryDelayInMilliseconds: (retry) => {
        void look();
        return backOff(retry.previousRetryCount);
      },
    })
    .configureLogging(LogLevel.None)
    .build();
  hub.serverTimeoutInMilliseconds = staleAfter;

  const watch = async (known: { epoch: string | null; number: number | null } = listener.known()): Promise<void> => {
    await hub.invoke('Watch', board, known.epoch, known.number);
  };

  hub.on('Snapshot', (all: { epoch: string; number: number }) => listener.changed(all.epoch, all.number));
  hub.on('Changes', (some: { epoch: string; from: number; to: number }) => {
    if (some.from === some.to) { listener.counted(); } else { listener.changed(some.epoch, some.to); }
  });
  hub.on('Heartbeat', (beat: { number: number; at: string }) => listener.heartbeat(beat.number, Date.parse(beat.at)));
  hub.on('Resync', () => void watch({ epoch: null, number: null }).catch(() => hub.stop()));
  hub.on('Stale', () => listener.stale());
  hub.on('Denied', () => listener.denied());
  // Without a watch there is nothing to hear: drop the line and begin again.
  hub.onreconnected(() => {
    if (over) { location.reload(); } // Somebody has signed in elsewhere: the page is theirs to be made anew.
    else { void watch().catch(() => hub.stop()); }
  });
  hub.onclose(() => void begin(hub, watch, look, () => over));

  await begin(hub, watch, look, () => over);
}

/** True if the service no longer knows who is asking. While it cannot be reached nobody can say. */
async function isSignedOut(): Promise<boolean> {
  try {
    return leadsAway(await fetch('/live/negotiate?negotiateVersion=1', { method: 'POST', redirect: 'manual' }));
  } catch {
    return false;
  }
}

async function begin(hub: HubConnection, watch: () => Promise<void>, look: () => Promise<void>, over: () => boolean): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await hub.start();
      if (over()) { location.reload(); }
      await watch();
      return;
    } catch {
      if (hub.state === 'Connected') {
        await hub.stop(); // Its onclose begins again.
        return;
      }
      await look();
      await new Promise((resolve) => setTimeout(resolve, backOff(attempt)));
    }
  }
}

/** Half a second, doubling to 8, each a little different: a hundred offices must not come back in the same instant. */
const backOff = (attempt: number): number => Math.min(500 * 2 ** attempt, 8_000) * (0.75 + Math.random() / 2);
