import { assess } from '../src/decide/assess.ts';
import { readyFor } from '../src/classify/index.ts';
import { evaluateRules } from '../src/policy/evaluate.ts';
import type { Facts, Policy } from '../src/policy/index.ts';
import { evaluate, formatProblem, parsePolicy, prepare } from '../src/policy/index.ts';
import { CALLS } from './evaluate-calls.ts';
import { now } from './clock.ts';
import { manyRules } from './many-rules.ts';
import { quantile } from './statistics.ts';
import { table } from './table.ts';

const SIZES = [10, 100, 1000, 5000];
const MOMENT = Date.UTC(2026, 6, 15, 12);

/** Measures evaluation and classification in process, and returns the tables. Nothing is started, nothing stored. */
export async function benchEvaluate(seconds: number): Promise<string> {
  const parsers = await parserTable();
  const facts = CALLS.map((call) => assess(call, { now: MOMENT }).facts);
  return [
    'Evaluation alone, of one action after the other, by number of rules:',
    evaluationTable(facts, seconds),
    'What is found out of an action before the rules are looked at:',
    classificationTable(seconds),
    'Parsers: nothing is loaded before the first action that needs one:',
    parsers,
  ].join('\n\n');
}

function evaluationTable(facts: readonly Facts[], seconds: number): string {
  const rows = SIZES.flatMap((size) => {
    const began = now();
    const policy = policyOf(size);
    const load = now() - began;
    const indexed = time((turn) => evaluate(policy, pick(facts, turn)), seconds);
    const naive = time((turn) => evaluateRules(policy.rules, prepare(pick(facts, turn))), seconds / 4);
    return [
      [String(size), 'indexed', ...indexed, load.toFixed(0)],
      [String(size), 'one by one', ...naive, ''],
    ];
  });
  return table(['rules', 'looked for', 'a second', 'p50 µs', 'p99 µs', 'p99.9 µs', 'load ms'], rows);
}

function classificationTable(seconds: number): string {
  const rows = CALLS.map((call) => [
    call.says,
    // A new object each time: what was found in the arguments is kept by their identity.
    ...time(() => assess({ ...call, context: { ...call.context } }, { now: MOMENT }), seconds / 2),
  ]);
  return table(['action', 'a second', 'p50 µs', 'p99 µs', 'p99.9 µs'], rows);
}

/** How long the first action of each kind waits for its parser. */
async function parserTable(): Promise<string> {
  const rows: string[][] = [];
  for (const call of CALLS) {
    const memory = process.memoryUsage().rss;
    const began = now();
    const loading = readyFor(call);
    await loading;
    const grown = (process.memoryUsage().rss - memory) / 2 ** 20;
    rows.push([call.says, loading === undefined ? 'nothing' : (now() - began).toFixed(0), grown.toFixed(0)]);
  }
  return table(['first action', 'load ms', 'memory MB'], rows);
}

function pick(facts: readonly Facts[], turn: number): Facts {
  const one = facts[turn % facts.length];
  if (one === undefined) throw new Error('There are no actions to evaluate');
  return one;
}

function policyOf(size: number): Policy {
  const parsed = parsePolicy([{ path: 'bench.yaml', text: manyRules(size) }]);
  if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join('\n'));
  return parsed.policy;
}

/** Runs it for so many seconds after as long again to warm up, each run timed on its own: a second, p50, p99, p99.9. */
function time(work: (turn: number) => unknown, seconds: number): string[] {
  const until = (end: number, each: (turn: number) => void): void => {
    for (let turn = 0; now() < end; turn += 1) each(turn);
  };
  until(now() + seconds * 500, work);
  const microseconds: number[] = [];
  until(now() + seconds * 1000, (turn) => {
    const began = now();
    work(turn);
    microseconds.push((now() - began) * 1000);
  });
  const sorted = microseconds.sort((a, b) => a - b);
  const total = sorted.reduce((sum, one) => sum + one, 0);
  const [p50, p99, p999] = [0.5, 0.99, 0.999].map((q) => quantile(sorted, q).toFixed(1));
  return [((sorted.length / total) * 1e6).toFixed(0), p50 ?? '', p99 ?? '', p999 ?? ''];
}
