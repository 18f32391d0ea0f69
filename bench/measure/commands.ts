import type { ClassifiedAction } from '../../src/classify/index.ts';
import { classify, readyFor } from '../../src/classify/index.ts';
import type { PolicyInForce } from '../../src/decide/judge.ts';
import { judge } from '../../src/decide/judge.ts';
import { parsePolicy } from '../../src/policy/index.ts';
import type { Figure, Judged } from './figure.ts';
import { figureOf } from './figure.ts';
import { readRows } from './rows.ts';

interface CommandRow {
  id: string;
  command: string;
  axis: 'destructive' | 'readonly';
  label: 'block' | 'ask' | 'allow' | 'safe' | 'needs_approval';
  source: string;
  /** What the label holds for, where that is less than everything. */
  scope?: string;
  disputed?: boolean;
}
type JudgedCommand = Judged & { source: string };

const FIELDS: (keyof CommandRow)[] = ['id', 'command', 'axis', 'label', 'source'];
const DESTROYS = { caught: 0.85, falseAlarms: 0.05 };
const NOT_PROVEN = { caught: 0.98, falseAlarms: 0.35 };
const NO_TARGET = { caught: null, falseAlarms: null };
/** Lets run what provably only reads, and asks a person about everything else. */
const READS = `version: 1
name: reads
defaults: { unmatched: require_approval }
rules:
  - id: reads
    reason: It only reads.
    match: { operation: read }
    when: '!classification.destructive && classification.confidence != "low"'
    effect: allow
`;

/** Shell commands: which destroy, and which are held by a policy that lets only provably read-only ones run. */
export async function measureCommands(dir: string): Promise<Figure[]> {
  const policy = readPolicy();
  const destroys: JudgedCommand[] = [];
  const unproven: JudgedCommand[] = [];
  for (const row of readRows<CommandRow>(dir, 'commands.jsonl', FIELDS)) {
    if (row.disputed === true) continue;
    const action: ClassifiedAction = { type: 'bash', target: 'shell', context: { command: row.command } };
    await readyFor(action);
    const { operation, destructive, evidence } = classify(action);
    const says = `${operation}${destructive ? ', destructive' : ''}`;
    const text = `${row.command} is ${says}: ${evidence[0]?.says ?? ''}`;
    const judged = { id: row.id, source: row.source, text };
    if (row.axis === 'readonly') {
      const { outcome } = judge({ ...action, agent: 'someone' }, policy, { now: 0 });
      unproven.push({ ...judged, should: row.label === 'needs_approval', does: outcome !== 'ALLOW' });
      // A row that only one of a guard's packs lets through says nothing of the other ways in which it may destroy.
    } else if (row.label !== 'allow' || row.scope === undefined) {
      destroys.push({ ...judged, should: row.label !== 'allow', does: destructive });
    }
  }
  return [
    figureOf('shell commands that destroy', destroys, DESTROYS),
    figureOf('shell commands that need approval', unproven, NOT_PROVEN),
    ...bySource('destroy', destroys),
    ...bySource('need approval', unproven),
  ];
}

function bySource(what: string, rows: readonly JudgedCommand[]): Figure[] {
  return [...new Set(rows.map((row) => row.source))].map((source) => {
    const own = rows.filter((row) => row.source === source);
    return { ...figureOf(`  ${what}: ${source}`, own, NO_TARGET), misses: [] };
  });
}

function readPolicy(): PolicyInForce {
  const parsed = parsePolicy([{ path: 'reads.yaml', text: READS }]);
  if (!parsed.ok) throw new Error(`The policy does not load: ${JSON.stringify(parsed.problems[0])}`);
  return parsed;
}
