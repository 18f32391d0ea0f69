import type { Json } from '@gatehouse/sdk/contract';
import type { RuleTrace } from '../explain/rule-trace.ts';
import type { Coverage } from './coverage.ts';
import type { CaseResult } from './run-cases.ts';

/** A case that failed, line by line: what was expected, what came, and which part of the expected rule did not hold. */
export function formatFailure(result: CaseResult): string[] {
  const width = Math.max(...result.mismatches.map(({ what }) => what.length));
  return [
    `FAIL  ${result.name}  (${result.file}:${String(result.line)})`,
    ...result.mismatches.flatMap(({ what, expected, actual }) => [
      `      ${what.padEnd(width)}  expected  ${expected}`,
      `      ${' '.repeat(width)}  but got   ${actual}`,
    ]),
    ...(result.mismatches.some(({ what }) => what === 'reason') ? [] : [`      reason: ${result.judgement.reason}`]),
    ...result.traces.flatMap((trace) => formatTrace(trace, '      ')),
  ];
}

/** How a rule stands to an action: only the parts that did not hold, unless all are wanted. */
export function formatTrace(trace: RuleTrace, indent: string, all = false): string[] {
  const { id, matched, parts, condition, past, place } = trace;
  const shownParts = parts.filter((part) => all || !part.holds);
  const width = Math.max(4, ...shownParts.map(({ key }) => key.length));
  const where = `${place.file}:${String(place.line)}`;
  const lines = [`${indent}rule ${id} ${matched ? 'matches' : 'does not match'}  (${where})`];
  for (const { key, wanted, actual, holds } of shownParts) {
    const sign = holds ? 'ok' : 'no';
    lines.push(`${indent}  ${sign}  ${key.padEnd(width)}  wants ${sayValue(wanted)}, is ${sayValue(actual)}`);
  }
  if (condition !== null && (all || condition.truth !== 'true')) {
    const sign = condition.truth === 'true' ? 'ok' : 'no';
    const why = condition.error === null ? '' : ` (${condition.error})`;
    lines.push(`${indent}  ${sign}  ${'when'.padEnd(width)}  is ${condition.truth}${why}: ${oneLine(condition.text)}`);
    for (const part of condition.parts) lines.push(`${indent}        ${part.truth}: ${oneLine(part.text)}`);
    for (const { name, value } of condition.values) {
      lines.push(`${indent}        ${name} ${value === undefined ? 'is not there' : `= ${sayValue(value)}`}`);
    }
  }
  if (past !== null) lines.push(`${indent}  ${matched ? 'ok' : 'no'}  ${'past'.padEnd(width)}  ${past}`);
  return lines;
}

/** Which rules the cases hit. */
export function formatCoverage({ rules, hit, total, percent }: Coverage): string[] {
  const never = rules.filter((rule) => rule.matched === 0);
  const overruled = rules.filter((rule) => rule.matched > 0 && rule.decisive === 0);
  const width = Math.max(4, ...rules.map(({ id }) => id.length));
  return [
    `${'RULE'.padEnd(width)}  DECIDES  MATCHES`,
    ...rules.map(({ id, decisive, matched }) =>
      `${id.padEnd(width)}  ${String(decisive).padStart(7)}  ${String(matched).padStart(7)}`.trimEnd(),
    ),
    `Rules that match in some case: ${String(hit)} of ${String(total)} (${String(percent)} %).`,
    ...(overruled.length === 0 ? [] : [`Match and never decide: ${overruled.map(({ id }) => id).join(', ')}.`]),
    ...(never.length === 0 ? [] : [`Never hit: ${never.map(({ id }) => id).join(', ')}.`]),
  ];
}

function sayValue(value: Json): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value.join(' | ') || 'nothing';
  return value === null ? 'nothing' : JSON.stringify(value);
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
