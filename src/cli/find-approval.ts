import type { ApprovalView } from '@gatehouse/sdk/contract';
import { actionViewSchema, approvalViewSchema } from '@gatehouse/sdk/contract';
import { CliError } from './cli-error.ts';
import { EXIT } from './exit-codes.ts';
import type { Answered, GateHttp } from './http.ts';

/** Reads an approval by its id, or by the id of the action that it is about. Claims nothing. */
export async function findApproval(gate: GateHttp, id: string): Promise<Answered<ApprovalView>> {
  try {
    return await readApproval(gate, id);
  } catch (error) {
    if (!(error instanceof CliError) || error.code !== 'not_found') throw error;
    return readApproval(gate, await approvalOfAction(gate, id, error));
  }
}

/** Reads an approval by its id. */
export function readApproval(gate: GateHttp, id: string): Promise<Answered<ApprovalView>> {
  return gate.get(`/approvals/${pathPart(id)}`, approvalViewSchema, { query: { claim: 'false' } });
}

/** An id as a part of a path. Dots alone would name another path. */
export function pathPart(id: string): string {
  if (/^\.*$/.test(id)) throw new CliError('usage', `${JSON.stringify(id)} is not an id.`, EXIT.usage);
  return encodeURIComponent(id);
}

async function approvalOfAction(gate: GateHttp, id: string, notFound: CliError): Promise<string> {
  const action = await gate.get(`/actions/${pathPart(id)}`, actionViewSchema).catch((error: unknown) => {
    throw error instanceof CliError && error.code === 'not_found' ? notFound : error;
  });
  const { approvalId, status, decision } = action.value;
  if (approvalId !== null) return approvalId;
  const detail = `Action ${id} has no approval: the decision is ${decision}, and it is ${status}.`;
  throw new CliError('not_found', detail, EXIT.other);
}
