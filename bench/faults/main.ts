// npm run faults                          2,000 actions, 200 kills; a quarter of an hour
// npm run faults -- --seed 7              the same faults in the same order as in every run of seed 7
// npm run faults -- --store postgres      the store on PostgreSQL, which is restarted and cut off too
// npm run faults -- --only jumps          only faults whose name has this text; may be given several times
// npm run faults -- --soak 30m            steady load without faults: do memory, handles and files stay flat?
// --keep keeps the work folder with databases and logs. docs/surviving.md says how to read the result.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describeMachine, machineLine } from '../machine.ts';
import { startBed, type Bed } from './bed.ts';
import { readOptions } from './options.ts';
import { report } from './report.ts';
import { runFaults, type FaultFindings } from './run.ts';
import { soak } from './soak.ts';

const RESULTS = fileURLToPath(new URL('../results', import.meta.url));

const say = (line: string) => void process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
const options = readOptions(process.argv.slice(2), Date.now() % 1_000_000);
say(`seed ${String(options.seed)}`);
const machine = machineLine(describeMachine(), `fault harness on ${options.store}`);
const bed = await startBed(options, say);
let stopping: Promise<void> | undefined;
const stop = () => (stopping ??= bed.stop());
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void stop().then(() => process.exit(130)));
try {
  process.exitCode = (await measured(bed)) ? 0 : 1;
} finally {
  await stop();
}

/** Writes the result into its file and to standard output; true when all is as it has to be. */
async function measured(on: Bed): Promise<boolean> {
  const at = new Date().toISOString().slice(0, 19).replaceAll(':', '');
  const file = `${options.soakMinutes === null ? 'faults' : 'soak'}-${options.store}-${at}.md`;
  const keep = (text: string): void => {
    mkdirSync(RESULTS, { recursive: true });
    writeFileSync(`${RESULTS}/${file}`, `${text}\n`);
  };
  const done = (text: string): void => {
    keep(text);
    process.stdout.write(`${text}\n`);
    say(`Kept as bench/results/${file}.`);
  };
  if (options.soakMinutes !== null) {
    const { text, ok } = await soak(on, options.soakMinutes, say);
    done(`${machine}\n\n${text}`);
    return ok;
  }
  // After each round, so that a run that is broken off has something to show.
  const found = (findings: FaultFindings): void => keep(report(findings, options, machine));
  const findings = await runFaults(on, options, { say, found });
  done(report(findings, options, machine));
  return findings.checked.violations.length === 0;
}
