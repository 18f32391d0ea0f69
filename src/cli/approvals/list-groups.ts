import type { ApprovalGroup } from '@gatehouse/sdk/contract';
import { approvalGroupListSchema } from '@gatehouse/sdk/contract';
import { EXIT } from '../exit-codes.ts';
import type { GateHttp } from '../http.ts';
import type { CommonOptions } from '../run-command.ts';
import { listPage } from '../show.ts';
import type { Terminal } from '../terminal.ts';

/** Lists open approvals, those that are alike as one. Resolves with the exit code. */
export async function listGroups(
  terminal: Terminal,
  gate: GateHttp,
  options: CommonOptions,
  query: Record<string, string | undefined>,
): Promise<number> {
  const { text, value } = await gate.get('/approvals/groups', approvalGroupListSchema, { query });
  listPage(terminal, options, text, {
    head: ['GROUP', 'OPEN', 'WORST', 'AGENT', 'WANTS', 'ASKED FIRST', 'ASKED LAST'],
    rows: value.groups.map(row),
    nextCursor: value.nextCursor,
    none: 'No approvals.',
  });
  return EXIT.done;
}

function row({ group, count, severity, riskScore, agent, type, target, oldest, newest }: ApprovalGroup): string[] {
  return [group, String(count), `${severity} ${riskScore}`, agent, `${type} on ${target}`, oldest, newest];
}
