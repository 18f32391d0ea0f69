import pg from 'pg';
import type { Changes } from './changes.ts';

const RETRY_MS = 1_000;
const CONNECT_MS = 5_000;

/**
 * Hears of changes by other processes from PostgreSQL itself, on a connection of its own. A connection that is lost is
 * opened again; meanwhile, and where none can be opened (a pooler that passes no LISTEN on), the poll finds them.
 */
export async function hearAnnouncements(url: string, changes: Changes): Promise<{ close(): Promise<void> }> {
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let closed = false;

  const lost = (of: pg.Client): void => {
    if (client !== of) return;
    client = undefined;
    changes.announced = false;
    of.end().catch(() => undefined);
    if (!closed) retry = setTimeout(() => void connect(), RETRY_MS).unref();
  };
  const connect = async (): Promise<void> => {
    const next = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS, keepAlive: true });
    client = next;
    next.on('notification', ({ payload }) => {
      if (payload !== undefined) changes.tell(payload);
    });
    next.on('error', () => {
      lost(next);
    });
    next.on('end', () => {
      lost(next);
    });
    try {
      await next.connect();
      await next.query('listen gatehouse_actions');
      changes.announced = client === next;
    } catch {
      lost(next);
    }
  };

  await connect();
  return {
    close: async () => {
      closed = true;
      clearTimeout(retry);
      const last = client;
      client = undefined;
      await last?.end().catch(() => undefined);
    },
  };
}
