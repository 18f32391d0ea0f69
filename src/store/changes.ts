import { EventEmitter } from 'node:events';

/** Reads the version numbers of the actions that somebody waits for. */
type ReadVersions = (actionIds: readonly string[]) => Promise<Map<string, number>>;

/** How often changes by other processes are looked for where nothing announces them. */
export const POLL_MS = 150;
/** So many times less often where they are announced: then the poll is for what gets lost with a connection. */
const ANNOUNCED = 20;

/**
 * Tells waiters that an action changed. A change made by this process is told at once; one made by another process when
 * the database announces it, and where it does not, or cannot for the moment, it is found by a single poll for all
 * waiters together, which runs only while somebody waits.
 */
export class Changes {
  private readonly emitter = new EventEmitter().setMaxListeners(0);
  private readonly waiting = new Map<string, { waiters: number; version: number | undefined }>();
  private timer: NodeJS.Timeout | undefined;

  /** Whether the database announces changes now. */
  announced = false;

  constructor(
    private readonly readVersions: ReadVersions,
    private readonly pollMs = POLL_MS,
  ) {}

  /** Call after the commit of a change to the action. */
  tell(actionId: string): void {
    this.emitter.emit(actionId);
  }

  /** Has a listener hear of every change that is told under a name that is no action's, for as long as the store is open. */
  hear(name: string, listener: () => void): void {
    this.emitter.on(name, listener);
  }

  /** Starts listening at once, so that a change between a read and the wait is not missed. Always `stop()` it. */
  listen(actionId: string): { changed: (timeoutMs: number, signal: AbortSignal) => Promise<void>; stop: () => void } {
    let pending = false;
    let wake: (() => void) | undefined;
    const onChange = () => {
      pending = true;
      wake?.();
    };
    this.emitter.on(actionId, onChange);
    const entry = this.waiting.get(actionId) ?? { waiters: 0, version: undefined };
    entry.waiters += 1;
    this.waiting.set(actionId, entry);
    this.timer ??= this.pollLater();

    const changed = async (timeoutMs: number, signal: AbortSignal): Promise<void> => {
      if (!pending && !signal.aborted && timeoutMs > 0) {
        await new Promise<void>((resolve) => {
          const done = () => {
            clearTimeout(timer);
            signal.removeEventListener('abort', done);
            resolve();
          };
          const timer = setTimeout(done, timeoutMs);
          signal.addEventListener('abort', done, { once: true });
          wake = done;
        });
      }
      pending = false;
      wake = undefined;
    };
    const stop = () => {
      this.emitter.off(actionId, onChange);
      entry.waiters -= 1;
      if (entry.waiters === 0) this.waiting.delete(actionId);
    };
    return { changed, stop };
  }

  close(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.waiting.clear();
    this.emitter.removeAllListeners();
  }

  private async poll(): Promise<void> {
    try {
      const versions = await this.readVersions([...this.waiting.keys()]);
      for (const [actionId, version] of versions) {
        const entry = this.waiting.get(actionId);
        if (entry === undefined || entry.version === version) continue;
        entry.version = version;
        this.tell(actionId);
      }
    } catch {
      // The store is away: waiters keep waiting until their own time is over, and read again then.
    }
    this.timer = this.waiting.size > 0 ? this.pollLater() : undefined;
  }

  private pollLater(): NodeJS.Timeout {
    return setTimeout(() => void this.poll(), this.announced ? this.pollMs * ANNOUNCED : this.pollMs);
  }
}
