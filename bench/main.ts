// npm run bench                 every shape under every load, about eight minutes
// npm run bench -- --quick      the same in a minute, to see that it works; its figures mean little
// npm run bench -- --postgres   on PostgreSQL, with a Temporal server in production shape
// npm run bench -- --encrypted  with payload encryption, under a key that is made for the run
// npm run bench -- --decide     judgements in process, nothing else
// npm run bench -- --evaluate   evaluation by number of rules, and classification, in process
// npm run bench -- --simulate   a candidate policy on 10,000 actions on record, in process
// npm run bench -- --only floor,permit --rates 20 --seconds 60 --profile   some shapes, with CPU profiles
// npm run bench -- --pending 10000   lists, verdicts and a restart with so many open questions
// npm run bench -- --stop 1000       an emergency stop with so many open questions, 50 running and a storm of calls
// npm run bench -- --overload    three times what is sustained: refusals, verdicts in its midst, recovery
// npm run bench -- --record 1000000   inbox, search, export and verification of so many actions on record
// --keep keeps the work folder with databases and logs. docs/performance.md says how to read the result.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startBed } from './bed.ts';
import { benchDecide } from './decide.ts';
import { benchEvaluate } from './evaluate.ts';
import { describeMachine, machineLine } from './machine.ts';
import { measure, type Findings } from './measure.ts';
import { readOptions, type BenchOptions } from './options.ts';
import { benchPending } from './pending.ts';
import { benchOverload } from './overload.ts';
import { makePlan } from './plan.ts';
import { benchRecord } from './record.ts';
import { report } from './report.ts';
import { benchSimulate } from './simulate.ts';
import { benchStop } from './stop.ts';
import { judgeTargets } from './targets.ts';

const RESULTS = fileURLToPath(new URL('results', import.meta.url));

const say = (line: string) => void process.stderr.write(`${line}\n`);
const options = readOptions(process.argv.slice(2));
const began = performance.now();
if (options.decide) {
  process.stdout.write(`${benchDecide(options.quick ? 0.5 : 3)}\n`);
} else if (options.evaluate) {
  process.stdout.write(`${await benchEvaluate(options.quick ? 0.5 : 4)}\n`);
} else if (options.simulate) {
  process.stdout.write(`${await benchSimulate(options.quick ? 1_000 : 10_000)}\n`);
} else if (options.overload) {
  process.stdout.write(`${JSON.stringify(await benchOverload(options, say), null, 2)}\n`);
} else if (options.record !== null) {
  process.stdout.write(`${await benchRecord(options.record, say)}\n`);
} else if (options.pending !== null) {
  const found = await benchPending(options.pending, options.postgres, say);
  process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
} else if (options.stop !== null) {
  const found = await benchStop(options.stop, options.postgres, say);
  process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
} else {
  const machine = describeMachine();
  const findings = await onBed(options);
  const targets = judgeTargets(findings);
  const setup = options.postgres
    ? 'PostgreSQL and a production-shaped Temporal server on it'
    : 'SQLite and the embedded Temporal server';
  const sealed = options.encrypted ? `${setup}, with payload encryption` : setup;
  const text = report(findings, targets, machineLine(machine, sealed));
  process.stdout.write(`${text}\n`);
  const file = `${new Date().toISOString().slice(0, 19).replaceAll(':', '')}-${options.postgres ? 'postgres' : 'sqlite'}${options.encrypted ? '-encrypted' : ''}${options.quick ? '-quick' : ''}`;
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(
    `${RESULTS}/${file}.json`,
    `${JSON.stringify({ machine, setup: sealed, options, targets, ...findings })}\n`,
  );
  writeFileSync(`${RESULTS}/${file}.md`, text);
  say(`${((performance.now() - began) / 1000).toFixed(0)} s. Kept as bench/results/${file}.md and .json.`);
  if (hasFailed(findings)) process.exitCode = 1;
}

async function onBed(given: BenchOptions): Promise<Findings> {
  const bed = await startBed(given, say);
  let stopping: Promise<void> | undefined;
  const stop = () => (stopping ??= bed.stop());
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void stop().then(() => process.exit(130)));
  try {
    return await measure(bed, makePlan(given), say);
  } finally {
    await stop();
  }
}

/** Slowness fails nothing here; a call that went wrong does. */
function hasFailed({ cells, overload }: Findings): boolean {
  const all = overload === null ? cells : [...cells, overload.cell];
  return all.some(({ seen }) => Object.keys(seen.failures).length > 0);
}
