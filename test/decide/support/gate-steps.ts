import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GrantRequest, JsonObject } from '@gatehouse/sdk/contract';
import { concludeApproval } from '../../../src/activities/conclude-approval.ts';
import type { ArgumentsSettings } from '../../../src/audit/arguments/on-record.ts';
import { decide } from '../../../src/decide/decide.ts';
import type { DecideDeps } from '../../../src/decide/deps.ts';
import type { PolicyInForce } from '../../../src/decide/judge.ts';
import { toActionRequest } from '../../../src/decide/request.ts';
import { roundOf } from '../../../src/decide/stored-round.ts';
import type { ActionRow } from '../../../src/store/actions.ts';
import { readApprovalAlone } from '../../../src/store/lists.ts';
import { openStore, type Store } from '../../../src/store/open.ts';
import type { ActionRequest, Standing } from '../../../src/workflows/messages.ts';
import { createTestDatabase } from '../../support/postgres.ts';
import { policyOf } from '../baseline.ts';

export const HOUR = 3_600_000;

export interface Ask {
  type?: string;
  target?: string;
  context?: JsonObject;
  agent?: string;
  session?: string;
  team?: string;
  /** The agents on whose behalf it is asked. */
  chain?: string[];
  /** The tool server that it is a call of. */
  server?: string;
  /** The same id is the same action. */
  id?: string;
  /** Without a claim the action stays permitted. */
  claim?: boolean;
  by?: 'gateway' | 'workflow';
}

/** The steps of the gate on a real store, with a policy and a clock that a test sets. */
export class GateSteps {
  now = Date.UTC(2026, 1, 3, 10);
  private inForce: PolicyInForce = { ok: false, reason: 'no policy yet', digest: 'none' };

  constructor(
    readonly store: Store,
    /** Where the store is, so that another can be opened on it. */
    readonly url: string,
    private readonly cleanUp: () => Promise<void> | void,
  ) {}

  get deps(): DecideDeps {
    return { store: this.store, policies: { current: () => this.inForce }, now: () => this.now };
  }

  policy(...files: string[]): void {
    this.inForce = policyOf(...files);
  }

  requestOf(ask: Ask): ActionRequest {
    const {
      type = 'send_email',
      target = 'crm',
      context = {},
      agent = 'mailer',
      session,
      team,
      chain,
      server,
      id,
    } = ask;
    return toActionRequest({
      actionId: `act_${id ?? randomUUID()}`,
      agent,
      type,
      target,
      context,
      requestedAt: this.now,
      mode: 'permit',
      permitSeconds: 60,
      leaseSeconds: 60,
      executor: null,
      session,
      ...(server === undefined ? {} : { tool: { name: type, server } }),
      ...(team === undefined && chain === undefined
        ? {}
        : { asker: { team: team ?? null, roles: ['agent'], tags: [], ...(chain === undefined ? {} : { chain }) } }),
    });
  }

  /** Decides an action; by default it is claimed at once. */
  ask(ask: Ask = {}): Promise<ActionRow> {
    const { claim = true, by = 'gateway' } = ask;
    return decide(this.deps, { request: this.requestOf(ask), by, claimId: claim ? randomUUID() : null });
  }

  /** Decides so many at once. */
  askAtOnce(count: number, ask: (n: number) => Ask): Promise<ActionRow[]> {
    return Promise.all(Array.from({ length: count }, (_, n) => this.ask(ask(n))));
  }

  /** Ends the open question of an action, as its workflow does. */
  async conclude(
    row: ActionRow,
    status: 'approved' | 'denied' | 'expired' | 'cancelled',
    { by = 'maria', grant = null }: { by?: string; grant?: GrantRequest | null } = {},
  ): Promise<Standing> {
    const asked = await readApprovalAlone(this.store, row.approval_id ?? '');
    if (asked === undefined) throw new Error(`Nobody was asked about ${row.id}`);
    const answered = status === 'approved' || status === 'denied';
    return concludeApproval(this.deps, {
      request: { ...this.requestOf({}), actionId: row.id, agent: row.agent },
      ...{ verdictId: answered ? randomUUID() : null, proof: null },
      reviewer: answered ? { name: by, role: 'reviewer', groups: [] } : null,
      round: { ...roundOf(asked), status, resolvedBy: by, resolvedAt: this.now, grant },
    });
  }

  async close(): Promise<void> {
    await this.store.close();
    await this.cleanUp();
  }
}

/** @param kept what goes on record of arguments; all without it */
export async function openGateSteps(kind: 'sqlite' | 'postgres', kept?: ArgumentsSettings): Promise<GateSteps> {
  const options = kept === undefined ? {} : { arguments: kept };
  if (kind === 'postgres') {
    const database = await createTestDatabase();
    return new GateSteps(await openStore({ url: database.url, ...options }), database.url, () => database.drop());
  }
  const dir = mkdtempSync(join(tmpdir(), 'gatehouse-steps-'));
  const url = join(dir, 'gatehouse.db');
  return new GateSteps(await openStore({ url, ...options }), url, () => {
    rmSync(dir, { recursive: true, force: true });
  });
}

/** How many of the actions got that outcome. */
export function count(rows: readonly ActionRow[], outcome: ActionRow['outcome']): number {
  return rows.filter((row) => row.outcome === outcome).length;
}
