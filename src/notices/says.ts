import type { NoticeKind } from '../audit/notice-kinds.ts';
import { escapeText } from '../foreign/escape.ts';
import { expiresAt, whyAsked, type Subject } from './subject.ts';

/** How much of a foreign text goes into one line; the card has all of it. */
const LONGEST = 300;

const HEADLINES: Readonly<Record<NoticeKind, string>> = {
  held: 'Approval needed',
  reminded: 'Still waiting for an answer',
  escalated: 'Escalated: approval needed',
  answered: 'The agent has answered',
  approved: 'Approved',
  overridden: 'Break-glass: approved alone, a second look is due',
  rejected: 'Rejected',
  expired: 'Expired: nobody answered in time',
  cancelled: 'Cancelled',
  stop_thrown: 'Emergency stop thrown',
  stop_lifted: 'Emergency stop lifted',
};

/** What happened, in words of ours alone. */
export function headline(kind: NoticeKind): string {
  return HEADLINES[kind];
}

/** What it happened to, on one line with everything suspicious escaped: `wire_transfer on bank`. */
export function what({ action, data }: Subject): string {
  if (action !== null) return `${shown(action.type)} on ${shown(action.target)}`;
  const named = ['scope', 'kind', 'name', 'value', 'stopId'].flatMap((key) => {
    const value = data[key];
    return typeof value === 'string' ? [shown(value)] : [];
  });
  return named.length === 0 ? 'the gate' : named.join(' ');
}

/** Labelled facts beside the headline, with everything suspicious escaped. */
export function facts(subject: Subject): [label: string, text: string][] {
  const { action, approval, actor, data } = subject;
  const said: [string, string | null][] = [
    ['Agent', action?.agent ?? null],
    ['Severity', approval === null ? null : `${approval.severity}, risk ${String(approval.risk_score)}`],
    ['Asked because', approval === null ? null : whyAsked(approval).reason],
    ['Purpose', action?.purpose ?? null],
    ['By', /^(workflow|gateway)$/.test(actor) ? null : actor],
    ['Comment', textOf(data['comment']) ?? textOf(data['reason'])],
    ['Answer', textOf(data['answer'])],
    ['Expires', approval?.status === 'pending' ? expiresAt(approval) : null],
  ];
  return said.flatMap(([label, text]) => (text === null ? [] : [[label, shown(text)] as [string, string]]));
}

/** Where the question stands by now, where that is more than the notice tells; null otherwise. */
export function meanwhile({ kind, approval }: Subject): string | null {
  if (approval === null || approval.status === 'pending') return null;
  if (!['held', 'reminded', 'escalated', 'answered'].includes(kind)) return null;
  const by = approval.resolved_by === null ? '' : ` by ${shown(approval.resolved_by)}`;
  return `It is ${approval.status}${by} by now: there is nothing left to decide.`;
}

/** Foreign text for one line: escaped, and cut with a mark where it is long. */
export function shown(text: string): string {
  const whole = escapeText(text.length > LONGEST ? text.slice(0, LONGEST) : text);
  return text.length > LONGEST ? `${whole} … (${String(text.length)} characters)` : whole;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
