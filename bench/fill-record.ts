import { sql } from 'kysely';
import type { NewEvent } from '../src/audit/events.ts';
import { digestAction } from '../src/decide/digest.ts';
import { writeAction, type ActionRow, type ApprovalRow } from '../src/store/actions.ts';
import type { Store } from '../src/store/open.ts';

/** Actions that are written one by one; the database makes all others from them. */
const TEMPLATES = 1_000;
/** Copies of all templates that are made by one statement, so that none takes long. */
const AT_ONCE = 25;
/** One of so many is still open. */
const HELD_EVERY = 100;
const AGENTS = 40;
const BEGIN = Date.UTC(2026, 0, 1);
const STEP_MS = 20;

/**
 * Puts so many actions on record in bulk, a thousand times as fast as by deciding them: most allowed and finished, with
 * four entries each, some held with an open question. Rounded up to whole thousands; returns how many there are.
 */
export async function fillRecord(store: Store, actions: number): Promise<number> {
  const { db } = store;
  await db.transaction().execute(async (tx) => {
    for (let n = 0; n < TEMPLATES; n += 1)
      await writeAction(tx, { ...template(n), judgedUnder: store.stops.current().version });
  });
  const copies = Math.ceil(actions / TEMPLATES) - 1;
  for (let from = 1; from <= copies; from += AT_ONCE) {
    const to = Math.min(copies, from + AT_ONCE - 1);
    const series = sql`with recursive copies (n) as (select ${sql.lit(from)} union all select n + 1 from copies where n < ${sql.lit(to)})`;
    const shifted = (column: string) => sql`t.${sql.ref(column)} + copies.n * ${sql.lit(TEMPLATES * STEP_MS)}`;
    await copy('actions', Object.keys(template(0).row), {
      id: sql`t.id || '_' || copies.n`,
      approval_id: sql`t.approval_id || '_' || copies.n`,
      ...Object.fromEntries(['requested_at', 'decided_at', 'settled_at'].map((column) => [column, shifted(column)])),
    });
    await copy('approvals', Object.keys(approval(template(0).row)), {
      id: sql`t.id || '_' || copies.n`,
      action_id: sql`t.action_id || '_' || copies.n`,
      requested_at: shifted('requested_at'),
    });
    await copy('events', ['action_id', 'key', 'kind', 'actor', 'at', 'data_json'], {
      action_id: sql`t.action_id || '_' || copies.n`,
      at: shifted('at'),
    });

    async function copy(table: string, columns: string[], made: Record<string, ReturnType<typeof sql>>): Promise<void> {
      const id = table === 'events' ? 'action_id' : 'id';
      const values = columns.map((column) => made[column] ?? sql`t.${sql.ref(column)}`);
      await sql`
        insert into ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))})
        ${series} select ${sql.join(values)} from ${sql.table(table)} t cross join copies
        where t.${sql.ref(id)} like '%!_t' escape '!' order by copies.n
      `.execute(db);
    }
  }
  return (copies + 1) * TEMPLATES;
}

function template(n: number): { row: ActionRow; approval?: ApprovalRow; events: NewEvent[] } {
  const isHeld = n % HELD_EVERY === 0;
  const agent = `agent-${String(n % AGENTS)}`;
  const args = { table: `table_${String(n % 17)}`, id: n, note: 'x'.repeat(120) };
  const what = { type: n % 3 === 0 ? 'update_record' : 'read_record', target: 'production_database', agent };
  const digest = digestAction({ ...what, arguments: args });
  const at = BEGIN + n * STEP_MS;
  const id = `act_${String(n).padStart(6, '0')}_t`;
  const outcome = isHeld ? ('REQUIRE_APPROVAL' as const) : ('ALLOW' as const);
  const row: ActionRow = {
    ...{ id, ...what, context_json: JSON.stringify(args), digest, purpose: null, mode: 'permit', request_id: id },
    ...{
      lease_seconds: 300,
      requested_at: at,
      outcome,
      judgement_json: JUDGEMENT,
      risk_score: n % 100,
      severity: 'low',
    },
    ...{ policy_digest: 'sha256:bench', decided_at: at + 3, decided_by: 'gateway', version: 1 },
    ...{ status: isHeld ? 'held' : 'succeeded', approval_id: isHeld ? `apr_${id}` : null },
    ...(isHeld ? { claim_id: null, claimed_at: null } : { claim_id: 'c', claimed_at: at + 3 }),
    ...{ permit_until: null, permit_policy: null, settled_at: isHeld ? null : at + 60, settle_reason: null },
    ...{ result_json: null, error: null, tool_json: null, session: null, tags_json: null, asker_json: null },
    ...{ traits_json: null, reserved: 0, capability: null, run_context_json: null, run_digest: null, edit_json: null },
    opens_at: null,
  };
  const entry = (kind: NewEvent['kind'], key: string, after: number, data: NewEvent['data']): NewEvent => {
    return { kind, key, actor: `agent:${agent}`, at: at + after, data };
  };
  const events = [
    entry('requested', 'requested', 0, { digest, mode: 'permit', requestId: id, purpose: null }),
    entry('decided', 'decided', 3, { outcome, reason: 'A rule says so', matchedRule: 'rule', riskScore: n % 100 }),
    ...(isHeld
      ? [entry('held', 'held:1', 3, { approvalId: `apr_${id}`, round: 1 })]
      : [
          entry('claimed', 'claimed', 3, { claimId: 'c' }),
          entry('succeeded', 'end', 60, { claimId: 'c', error: null, hasResult: false }),
        ]),
  ];
  return { row, events, ...(isHeld ? { approval: approval(row) } : {}) };
}

const JUDGEMENT = JSON.stringify({ reason: 'A rule says so', notes: 'y'.repeat(900) });

function approval(action: ActionRow): ApprovalRow {
  return {
    ...{ id: `apr_${action.id}`, action_id: action.id, agent: action.agent, round: 1, status: 'pending' },
    ...{ requested_at: action.decided_at, expires_at: 4_102_444_800_000, action_digest: action.digest },
    ...{ policy_digest: action.policy_digest, judgement_json: JUDGEMENT, resolved_at: null, resolved_by: null },
    ...{ comment: null, unsigned: 0, round_json: null, preview_json: null, second_look_json: null, edited_json: null },
    ...{
      answerers: '',
      group_key: `grp_${action.type}`,
      break_glass: 0,
      risk_score: action.risk_score,
      severity: action.severity,
    },
  };
}
