import { GateProblem } from '../../decide/problem.ts';
import type { ApprovalOrder, Filter, Place } from '../../store/lists.ts';
import type { Caller, ListOptions } from '../gateway.ts';
import { isPermitted } from '../permit.ts';

/** What of a list the caller may see: an agent its own alone. One more row than wanted tells whether there is a next page. */
export function filterFor<Status>(caller: Caller, options: ListOptions<Status>): Filter<Status> {
  const { status, agent, limit, cursor } = options;
  const whose = isPermitted(caller, 'action.read.any') ? agent : caller.principal;
  return {
    limit: limit + 1,
    ...(status === undefined ? {} : { status }),
    ...(whose === undefined ? {} : { agent: whose }),
    ...(cursor === undefined ? {} : { after: fromCursor(cursor) }),
  };
}

/** Cuts the rows to the page, and names the place where the next one begins. */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  placeOf: (row: Row) => { requested_at: number; id: string; risk_score?: number },
  order: ApprovalOrder = 'newest',
): { page: Row[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const nextCursor = rows.length > limit && last !== undefined ? toCursor(placeOf(last), order) : null;
  return { page, nextCursor };
}

function toCursor(row: { requested_at: number; id: string; risk_score?: number }, order: ApprovalOrder): string {
  const risk = order === 'riskiest' ? ` ${String(row.risk_score ?? 0)}` : '';
  return Buffer.from(`${String(row.requested_at)} ${row.id}${risk}`).toString('base64url');
}

/** The place that a cursor names. Throws `GateProblem` `invalid_request` for one that this API did not give out. */
export function fromCursor(cursor: string): Place {
  const match = /^(\d{1,16}) (\S{1,80})(?: (\d{1,3}(?:\.\d{1,20})?))?$/.exec(
    Buffer.from(cursor, 'base64url').toString(),
  );
  const [, at, id, risk] = match ?? [];
  if (at !== undefined && id !== undefined) {
    return { at: Number(at), id, ...(risk === undefined ? {} : { risk: Number(risk) }) };
  }
  throw new GateProblem('invalid_request', 'The cursor is not one that this API gave out.', {}, [
    { field: 'cursor', problem: 'unreadable', fix: 'use nextCursor of the page before, unchanged' },
  ]);
}
