import type { EventRow } from '../../store/chain.ts';
import { parsed } from './parsed.ts';

/** What an entry says, or the fallback where its data was erased. */
export function saidOf(entry: EventRow, field: string, erased: unknown): unknown {
  return isErased(entry) ? erased : parsed(entry.data_json)?.[field];
}

/** Whether somebody has erased the data of an entry, as another entry says. */
export function isErased({ salt, place }: EventRow): boolean {
  return place !== null && salt === null;
}
