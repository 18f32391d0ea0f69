import { GateProblem } from '../../decide/problem.ts';
import type { Filter } from '../../store/lists.ts';
import type { Caller, ListOptions } from '../gateway.ts';

/** What of a list the caller may see: an agent its own alone. One more row than wanted tells whether there is a next page. */
export function filterFor<Status>(caller: Caller, options: ListOptions<Status>): Filter<Status> {
  const { status, agent, limit, cursor } = options;
  const whose = caller.role === 'agent' ? caller.principal : agent;
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
  placeOf: (row: Row) => { requested_at: number; id: string },
): { page: Row[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const nextCursor = rows.length > limit && last !== undefined ? toCursor(placeOf(last)) : null;
  return { page, nextCursor };
}

function toCursor(row: { requested_at: number; id: string }): string {
  return Buffer.from(`${String(row.requested_at)} ${row.id}`).toString('base64url');
}

function fromCursor(cursor: string): { at: number; id: string } {
  const match = /^(\d{1,16}) (\S{1,80})$/.exec(Buffer.from(cursor, 'base64url').toString());
  const [, at, id] = match ?? [];
  if (at !== undefined && id !== undefined) return { at: Number(at), id };
  throw new GateProblem('invalid_request', 'The cursor is not one that this API gave out.', {}, [
    { field: 'cursor', problem: 'unreadable', fix: 'use nextCursor of the page before, unchanged' },
  ]);
}
