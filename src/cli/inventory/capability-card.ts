import type { CapabilityDetail, Difference } from '../../inventory/wire.ts';
import type { CardStyle } from '../card.ts';
import { Card } from '../card.ts';

/** One capability for a terminal: what it says of itself, escaped and complete, and what is known of it. */
export function capabilityCard(capability: CapabilityDetail, style: CardStyle): string[] {
  const { classification, accepted, definition } = capability;
  const card = new Card(style);
  card.heading(`Capability ${capability.id}`, statusWords(capability));
  if (capability.description !== null) card.row('describes', capability.description);
  card.row('class', classWords(capability));
  for (const { part, says } of classification.evidence.slice(0, 5)) card.row('evidence', `${part}: ${says}`);
  card.row('risk', riskWords(capability));
  card.row('rule', `${capability.rule ?? 'none, only the default'}: ${capability.outcome} without arguments`);
  card.row('seen', `first ${capability.firstSeenAt}, last ${capability.lastSeenAt}`);
  card.row('uses', usesWords(capability));
  if (accepted !== null) card.row('accepted', `by ${accepted.by} at ${accepted.at}: ${accepted.reason}`);
  if (capability.digest !== null) card.row('digest', capability.digest);
  if (definition?.inputSchema !== undefined) card.members('schema', definition.inputSchema);
  if (definition?.annotations !== undefined) card.members('hints', definition.annotations);
  addDifferences(card, capability.differences);
  return card.finish();
}

/** What is new, changed or gone of one capability: for a changed one only where it differs. */
export function changeCard(capability: CapabilityDetail, style: CardStyle): string[] {
  const card = new Card(style);
  card.heading(capability.id, statusWords(capability));
  if (capability.status === 'new' && capability.description !== null) card.row('describes', capability.description);
  if (capability.status !== 'gone') card.row('class', classWords(capability));
  addDifferences(card, capability.differences);
  return card.finish();
}

/** `read database`, with what makes it worse. */
export function classWords({ classification }: Pick<CapabilityDetail, 'classification'>): string {
  const { operation, targetKind, destructive, external, confidence } = classification;
  const marks = [destructive ? 'destructive' : '', external ? 'external' : '', `${confidence} confidence`];
  return `${operation} ${targetKind}, ${marks.filter(Boolean).join(', ')}`;
}

/** `25 of 100, medium: write operation (20), a filesystem target (5)`. */
function riskWords({ riskScore, severity, riskFactors }: CapabilityDetail): string {
  const factors = riskFactors.map(({ says, points }) => `${says} (${points})`);
  return `${riskScore} of 100, ${severity}${factors.length === 0 ? '' : `: ${factors.join(', ')}`}`;
}

function addDifferences(card: Card, differences: readonly Difference[]): void {
  for (const { part, before, after } of differences) {
    card.row('differs', part);
    if (part === 'description' && before !== null && after !== null) {
      for (const [label, line] of changedLines(before, after)) card.row(label, line);
      continue;
    }
    if (before !== null) card.row('-', before);
    if (after !== null) card.row('+', after);
  }
}

/** Of two texts the lines in between what both begin and end with. */
function changedLines(before: string, after: string): ['-' | '+', string][] {
  const old = before.split('\n');
  const now = after.split('\n');
  let start = 0;
  while (start < Math.min(old.length, now.length) && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < Math.min(old.length, now.length) - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  const between = (lines: readonly string[]): string[] => lines.slice(start, lines.length - end);
  return [
    ...between(old).map((line): ['-', string] => ['-', line]),
    ...between(now).map((line): ['+', string] => ['+', line]),
  ];
}

function statusWords({ status, origin }: CapabilityDetail): string {
  return origin === 'traffic' ? 'seen in traffic, imported from nowhere' : status;
}

function usesWords({ uses, outcomes }: CapabilityDetail): string {
  const counted = Object.entries(outcomes).map(([status, count]) => `${count} ${status}`);
  return counted.length === 0 ? 'none' : `${uses}: ${counted.sort().join(', ')}`;
}
