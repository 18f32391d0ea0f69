import type { ApprovalView } from '@gatehouse/sdk/contract';
import { bulkVerdictAnswerSchema } from '@gatehouse/sdk/contract';
import { escapeText } from '../../foreign/escape.ts';
import { approvalCard } from '../approval-card.ts';
import { usageError } from '../cli-error.ts';
import { confirm } from '../confirm.ts';
import { EXIT } from '../exit-codes.ts';
import { findApproval } from '../find-approval.ts';
import type { GateHttp } from '../http.ts';
import { cardStyle } from '../show.ts';
import type { Terminal } from '../terminal.ts';
import { say, warn } from '../terminal.ts';
import { checkDigest, isAsked, outputFor, sayWhat, type VerdictOptions } from './present.ts';

/**
 * Gives one verdict on several approvals: exactly those, at exactly the digests that are shown. Each stands alone; the
 * exit code is 0 where all of them counted.
 */
export async function giveBulkVerdict(
  terminal: Terminal,
  gate: GateHttp,
  ids: readonly string[],
  verdict: 'approve' | 'reject',
  options: VerdictOptions,
): Promise<number> {
  const found = new Map<string, ApprovalView>();
  for (const id of ids) {
    const { value } = await findApproval(gate, id);
    if (verdict === 'approve' && value.status === 'pending') checkDigest(value);
    found.set(value.approvalId, value);
  }
  if (found.size < ids.length) throw usageError('The same approval is named twice. Name each once.');
  const shown = [...found.values()];
  if (verdict === 'approve' && isAsked(terminal, options)) {
    const output = outputFor(terminal, options);
    for (const one of shown)
      for (const line of approvalCard(one, cardStyle(terminal, output))) output.write(`${line}\n`);
    if (!(await confirm(terminal, output, `Approve exactly these ${shown.length}?`))) {
      warn(terminal, 'Nothing was sent; they are still pending.');
      return EXIT.other;
    }
  } else {
    for (const one of shown) sayWhat(terminal, verdict === 'approve' ? 'Approving' : 'Rejecting', one, options);
  }
  const { comment } = options;
  const approvals = shown.map(({ approvalId, actionDigest, policyDigest }) => ({
    approvalId,
    actionDigest,
    policyDigest,
  }));
  const body = { verdict, approvals, ...(comment === undefined ? {} : { comment }) };
  const { text, value } = await gate.post('/approvals/verdicts', bulkVerdictAnswerSchema, body);
  if (options.json === true) say(terminal, text);
  else {
    for (const { approvalId, counted, status, code, says } of value.results) {
      const line = counted
        ? `${approvalId} is ${status ?? 'done'}`
        : `${approvalId} ${code ?? 'failed'}: ${says ?? ''}`;
      say(terminal, escapeText(line));
    }
  }
  return value.results.every(({ counted }) => counted) ? EXIT.done : EXIT.other;
}
