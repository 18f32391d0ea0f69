import type { SimulationReport, Transition } from '../../policy/simulate/report.ts';
import { sayNumber } from '../../policy/numbers.ts';
import { escapeText } from '../../foreign/escape.ts';
import { columns } from '../layout.ts';
import type { Colors } from '../terminal.ts';

const AGAINST: Readonly<Record<SimulationReport['baseline'], string>> = {
  current: 'the policy',
  recorded: 'what was decided then',
  none: 'nothing: neither a policy to compare with nor decisions on record',
};

/** A simulation for a person at a terminal: the sums first, then what would change, by kind and one by one. */
export function simulationLines(report: SimulationReport, { bold }: Colors): string[] {
  const { approvalsADay: asked, groups, changes, shadow, drift, changed } = report;
  const more = changed - changes.length;
  return [
    bold(headline(report)),
    ...columns(
      [
        ['candidate', report.candidateDigest],
        ['against', against(report)],
        ['actions', span(report)],
        ['approvals', `${perDay(asked.before)} a day become ${perDay(asked.after)} (${signed(asked.difference)})`],
      ],
      '  ',
    ),
    ...table(bold('Outcomes'), ['FROM', 'TO', 'ACTIONS'], report.matrix.map(transitionRow)),
    ...table(
      bold('What would change'),
      ['ACTIONS', 'TYPE', 'FROM', 'BY', 'TO', 'BY'],
      groups.map((group) => [
        String(group.count),
        group.type,
        group.from,
        group.fromRule ?? 'no rule',
        group.to,
        group.toRule ?? 'no rule',
      ]),
    ),
    ...table(
      bold('The first of them'),
      ['ACTION', 'AT', 'AGENT', 'WANTS', 'BECOMES', 'BECAUSE'],
      changes.map(({ actionId, at, agent, type, target, candidate }) => [
        actionId ?? '-',
        at,
        agent,
        `${type} on ${target}`,
        candidate.outcome,
        candidate.reason,
      ]),
    ),
    ...(more > 0 ? [`${sayNumber(more)} more: --limit lists up to 500.`] : []),
    ...others(shadow, 'rules in shadow of the candidate would change as well, were they enforced'),
    ...others(drift, 'are decided otherwise by the policy in force than is on record'),
    ...report.notes.map((note) => escapeText(`Note: ${note}`)),
  ];
}

function headline({ actions, changed, baseline, unreadable }: SimulationReport): string {
  const of = `${sayNumber(actions)} ${actions === 1 ? 'action' : 'actions'}`;
  const unread = unreadable === 0 ? '' : ` ${sayNumber(unreadable)} could not be read.`;
  if (baseline === 'none') return `${of} tried.${unread}`;
  return `${sayNumber(changed)} of ${of} would end otherwise.${unread}`;
}

function against({ baseline, currentDigest }: SimulationReport): string {
  return currentDigest === null ? AGAINST[baseline] : `${AGAINST[baseline]} ${currentDigest}`;
}

function span({ actions, from, to, days, truncated }: SimulationReport): string {
  if (from === null || to === null) return 'none';
  const newest = truncated ? 'the newest ' : '';
  return `${newest}${sayNumber(actions)}, ${from} to ${to} (${sayNumber(days)} ${days === 1 ? 'day' : 'days'})`;
}

function table(title: string, head: string[], rows: readonly string[][]): string[] {
  if (rows.length === 0) return [];
  return [title, ...columns([head, ...rows.map((row) => row.map((cell) => escapeText(cell)))], '  ')];
}

function transitionRow({ from, to, count }: Transition): string[] {
  return [from, from === to ? '(the same)' : to, sayNumber(count)];
}

function others({ changed, matrix }: { changed: number; matrix: readonly Transition[] }, says: string): string[] {
  if (changed === 0) return [];
  const kinds = matrix.filter(({ from, to }) => from !== to);
  return [
    `${sayNumber(changed)} ${says}: ${kinds.map(({ from, to, count }) => `${from} to ${to} ${sayNumber(count)}`).join(', ')}.`,
  ];
}

function perDay(count: number): string {
  return sayNumber(count);
}

function signed(difference: number): string {
  return difference > 0 ? `+${sayNumber(difference)}` : sayNumber(difference);
}
