import type { ActionRow, ApprovalRow } from '../../store/actions.ts';
import type { EventRow } from '../../store/chain.ts';
import { digestsOfJson, NO_EVIDENCE, type JudgementDigests } from '../judgement-digests.ts';
import { leftBy } from './arguments.ts';
import { parsed } from './parsed.ts';
import { isErased, saidOf } from './said-of.ts';

/**
 * Which judgements in the rows are not those that the entries name by their digests: of the decision, of each question, of
 * an edit. Entries that were written before there were any name none, and erased ones cannot any more.
 */
export function wrongJudgements(
  action: ActionRow,
  approvals: readonly ApprovalRow[],
  entries: readonly EventRow[],
): string[] {
  // Evidence quotes the arguments, and goes with them.
  const mayLack = leftBy(entries) !== null || entries.some(isErased);
  const repaired = entries.flatMap((entry) => (entry.kind === 'repaired' ? judgementsIn(entry) : []));
  const differs = (json: string | undefined, said: (JudgementDigests | null)[]): boolean => {
    const named = [...said.filter((one) => one !== null), ...(said.some((one) => one !== null) ? repaired : [])];
    return named.length > 0 && !named.some((one) => isOf(json, one, mayLack));
  };
  const wrong: string[] = [];
  if (differs(action.judgement_json, entries.filter(({ kind }) => kind === 'decided').map(digestsIn))) {
    wrong.push(`The judgement of ${action.id}`);
  }
  for (const { id, judgement_json: json } of approvals) {
    const held = entries.filter((entry) => entry.kind === 'held' && saidOf(entry, 'approvalId', null) === id);
    if (differs(json, held.map(digestsIn))) wrong.push(`The judgement behind ${id}`);
  }
  const edited = entries.filter((entry) => entry.kind === 'rechecked' && saidOf(entry, 'edited', null) !== null);
  const ofEdit = edited.filter((entry) => saidOf(entry, 'edited', null) === action.run_digest);
  if (action.edit_json !== null && differs(judgementOfEdit(action.edit_json), ofEdit.map(digestsIn))) {
    wrong.push(`The judgement of the edit of ${action.id}`);
  }
  return wrong;
}

function isOf(json: string | undefined, said: JudgementDigests, mayLack: boolean): boolean {
  if (json === undefined) return false;
  try {
    const { judgementDigest, evidenceDigest } = digestsOfJson(json);
    if (judgementDigest !== said.judgementDigest) return false;
    return evidenceDigest === said.evidenceDigest || (mayLack && evidenceDigest === NO_EVIDENCE);
  } catch {
    return false;
  }
}

function judgementOfEdit(json: string): string | undefined {
  const judgement = parsed(json)?.['judgement'];
  return judgement === undefined ? undefined : JSON.stringify(judgement);
}

function digestsIn(entry: EventRow): JudgementDigests | null {
  return toDigests({
    judgementDigest: saidOf(entry, 'judgementDigest', null),
    evidenceDigest: saidOf(entry, 'evidenceDigest', null),
  });
}

function judgementsIn(entry: EventRow): JudgementDigests[] {
  const said = saidOf(entry, 'judgements', null);
  return Array.isArray(said) ? said.flatMap((one: unknown) => toDigests(one) ?? []) : [];
}

function toDigests(said: unknown): JudgementDigests | null {
  if (typeof said !== 'object' || said === null) return null;
  const { judgementDigest, evidenceDigest } = said as Partial<Record<keyof JudgementDigests, unknown>>;
  if (typeof judgementDigest !== 'string' || typeof evidenceDigest !== 'string') return null;
  return { judgementDigest, evidenceDigest };
}
