import { summarize } from '../statistics.ts';
import { table } from '../table.ts';
import { VIOLATIONS } from './check.ts';
import type { FaultOptions } from './options.ts';
import type { FaultFindings } from './run.ts';

/** The findings as Markdown, with the command that does the same again. */
export function report(findings: FaultFindings, options: FaultOptions, machine: string): string {
  const { checked, struck, actions, kills, rounds, ownDeaths } = findings;
  const { succeeded, unknown, other } = checked.effects;
  const rows = struck
    .toSorted((a, b) => Number(b.kills > 0) - Number(a.kills > 0) || a.name.localeCompare(b.name))
    .map(({ name, kills: each, served }) => {
      const { p50, max } = summarize(served);
      return [name, String(served.length), String(each * served.length), seconds(p50), seconds(max)];
    });
  const counted = VIOLATIONS.map((kind) => {
    const times = checked.violations.filter((violation) => violation.kind === kind).length;
    return `${kind} ${String(times)}`;
  });
  const statuses = Object.entries(checked.statuses).map(([status, times]) => `${String(times)} ${status}`);
  const only = options.only.map((text) => (text === '' ? '' : ` --only '${text}'`)).join('');
  return [
    machine,
    `Store: ${options.store}. Seed ${String(options.seed)}: the same faults come in the same order again with`,
    `    npm run faults -- --actions ${String(options.actions)} --kills ${String(options.kills)} --seed ${String(options.seed)} --store ${options.store} --apis ${String(options.apis)}${only}`,
    `${String(actions)} actions of agents (${String(checked.records)} with those that looked whether it serves again), ` +
      `${String(kills)} kills, ${String(rounds)} checks. In the end: ${statuses.join(', ')}.`,
    `Workflows ${String(checked.workflows)} = records ${String(checked.records)}; claims ${String(checked.claims)} >= effects ` +
      `${String(succeeded + unknown + other)}, of which ${String(succeeded)} are on record as succeeded, ${String(unknown)} as ` +
      `unknown and ${String(other)} as anything else; ${String(checked.repeats)} repeats by executors were known by their key.`,
    `**${counted.join(', ')}.**`,
    ...checked.violations.slice(0, 50).map(({ kind, says }) => `- ${kind}: ${says}`),
    table(['fault', 'times', 'kills', 'served again, p50 s', 'max s'], rows),
    ownDeaths.length === 0
      ? 'No process ended by itself.'
      : `${String(ownDeaths.length)} times a process ended by itself and was started again:`,
    ...ownDeaths.slice(0, 5).map((says) => `    ${says.replaceAll('\n', ' ').slice(0, 400)}`),
  ].join('\n\n');
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}
