import type { Gatehouse, GuardAnswer, Json, RunInfo } from '@gatehouse/sdk';
import Database from 'libsql';
import { INACTIVE_BEFORE, INACTIVE_USERS, topOrders } from './shop.ts';

const target = 'production_database';

/** The three actions of the sample agent: one that is harmless, one that nobody may do, one that needs a person. */
export const ACTIONS = {
  read: {
    type: 'list_orders',
    target,
    context: { table: 'orders', limit: 5 },
    purpose: 'Weekly report of the largest orders',
  },
  drop: { type: 'drop_table', target, context: { table: 'users' }, purpose: 'Make room in the database' },
  remove: {
    type: 'delete_records',
    target,
    context: { table: 'users', count: INACTIVE_USERS, last_seen_before: INACTIVE_BEFORE },
    purpose: `Users who were not seen since ${INACTIVE_BEFORE} are to be forgotten`,
  },
} as const;

export type Order = ReturnType<typeof topOrders>[number];

/** How one call of the agent is made. */
export interface CallOptions {
  /** The same key is the same action, also after a restart. */
  idempotencyKey: string;
  signal?: AbortSignal;
  onPending?: (answer: GuardAnswer) => void;
}

/** A sample agent that works on the shop. It acts for real, and only through the gate. */
export class SampleAgent {
  constructor(
    private readonly gatehouse: Gatehouse,
    private readonly shopPath: string,
  ) {}

  /** Reads the largest orders by its own callback. Does not wait where people are asked. */
  async listOrders(options: CallOptions): Promise<{ orders: Order[]; actionId: string }> {
    const { type, context, purpose } = ACTIONS.read;
    const read = ({ limit }: { limit: number }, { actionId }: RunInfo): { orders: Order[]; actionId: string } => ({
      orders: topOrders(this.shopPath, limit),
      actionId,
    });
    return this.gatehouse.guard(type, target, context, read, { ...options, purpose, wait: false });
  }

  /** Drops the table of users, if it is ever let. Throws `ActionBlockedError` where it is not. */
  async dropUsers(options: CallOptions): Promise<void> {
    const { type, context, purpose } = ACTIONS.drop;
    const drop = (): void => {
      const db = new Database(this.shopPath);
      try {
        db.exec('DROP TABLE users');
      } finally {
        db.close();
      }
    };
    await this.gatehouse.guard(type, target, context, drop, { ...options, purpose, wait: false });
  }

  /** Has the executor delete the inactive users, and waits for the people who are asked. */
  async deleteInactive(options: CallOptions): Promise<Json> {
    const { type, context, purpose } = ACTIONS.remove;
    return this.gatehouse.run(type, target, context, { ...options, purpose });
  }
}
