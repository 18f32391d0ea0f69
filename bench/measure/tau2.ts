import { fileURLToPath } from 'node:url';
import type { JsonObject } from '@gatehouse/sdk/contract';
import { readyFor } from '../../src/classify/index.ts';
import { judge } from '../../src/decide/judge.ts';
import { loadPolicyFolder } from '../../src/decide/policy-folder.ts';
import type { Policy } from '../../src/policy/index.ts';
import type { Figure, Judged } from './figure.ts';
import { figureOf } from './figure.ts';
import { readRows } from './rows.ts';

interface CallRow {
  id: string;
  tool: string;
  args: JsonObject;
  toolType: string;
}

const POLICIES = fileURLToPath(new URL('../../policies', import.meta.url));
const FIELDS: (keyof CallRow)[] = ['id', 'tool', 'args', 'toolType'];

/** Legitimate calls of a shop's agent under the baseline policy: every read that a person is asked about is needless. */
export async function measureTau2(dir: string): Promise<Figure[]> {
  const policy = baseline();
  const reads: Judged[] = [];
  const others: Judged[] = [];
  for (const row of readRows<CallRow>(dir, 'tau2-actions.jsonl', FIELDS)) {
    const action = { type: row.tool, target: 'retail_api', context: row.args };
    await readyFor(action);
    const { outcome, matchedRule, reason } = judge({ ...action, agent: 'shop' }, { ok: true, policy }, { now: 0 });
    const text = `${row.tool} ${outcome} by ${matchedRule ?? 'no rule'}: ${reason}`;
    const rows = row.toolType === 'READ' ? reads : others;
    rows.push({ id: row.id, text, should: false, does: outcome !== 'ALLOW' });
  }
  return [
    figureOf('reads held under the baseline policy', reads, { caught: null, falseAlarms: 0 }),
    figureOf('other legitimate calls held', others, { caught: null, falseAlarms: null }),
  ];
}

function baseline(): Policy {
  const loaded = loadPolicyFolder(POLICIES);
  if (!loaded.ok) throw new Error(`The baseline policy does not load: ${JSON.stringify(loaded.problems[0])}`);
  return loaded.policy;
}
