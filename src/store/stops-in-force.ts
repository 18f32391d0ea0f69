import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Changes } from './changes.ts';
import type { Db } from './open.ts';
import type { StopsTable } from './stop-tables.ts';

export type StopRow = Selectable<StopsTable>;

/** The stops in force at one version of the switchboard. */
export interface StopsNow {
  version: number;
  /** The oldest first. */
  stops: readonly StopRow[];
}

/** Under this name a throw or a lift is told to whoever listens; actions have ids of their own. */
export const SWITCHBOARD = 'switchboard';

const POLL_MS = 500;

/**
 * What of the emergency stops a process knows. It may be old for a moment, and that is harmless: whatever lets an action run
 * is written only if the switchboard still has the version that it was judged under. Hearing of changes, and the poll where
 * nothing tells of them, save the second try.
 */
export class StopsInForce {
  #now: StopsNow = { version: -1, stops: [] };
  #closed = false;
  #reading: Promise<unknown> = Promise.resolve();
  readonly #timer: NodeJS.Timeout;

  private constructor(
    private readonly db: Db,
    changes: Changes,
  ) {
    const look = (): void => {
      // What cannot be read now is read at the next poll, and no action runs on what is old.
      if (!this.#closed) this.#reading = this.reload().catch(() => undefined);
    };
    changes.hear(SWITCHBOARD, look);
    this.#timer = setInterval(look, POLL_MS).unref();
  }

  /** Reads the stops in force and follows them. Rejects when the store does not answer. */
  static async follow(db: Db, changes: Changes): Promise<StopsInForce> {
    const stops = new StopsInForce(db, changes);
    await stops.reload();
    return stops;
  }

  /** As they were when this process looked last. */
  current(): StopsNow {
    return this.#now;
  }

  /** Reads them anew. Version and stops come from one statement, so that they belong together. */
  async reload(): Promise<StopsNow> {
    const rows = await this.db
      .selectFrom('switchboard')
      .leftJoin('stops', (join) => join.on('stops.lifted_at', 'is', null))
      .selectAll('stops')
      .select('switchboard.version')
      .where('switchboard.id', '=', 1)
      .orderBy('stops.thrown_at')
      .orderBy('stops.id')
      .execute();
    const version = rows[0]?.version ?? -1;
    // Two looks can overtake each other.
    if (version > this.#now.version) this.#now = { version, stops: rows.filter(isStop) };
    return this.#now;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    await this.#reading;
  }
}

/** Without any in force the join has one row of nothing. */
function isStop<Row extends { id: string | null }>(row: Row): row is Row & StopRow {
  return row.id !== null;
}

/** The version that the switchboard has now, as part of a condition. */
export const CURRENT_VERSION = sql<number>`(select version from switchboard where id = 1)`;
