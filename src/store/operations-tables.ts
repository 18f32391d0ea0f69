import type { Generated } from 'kysely';

/** One comparison of the two systems, as it came out. Times are milliseconds since the epoch. */
export interface ReconciliationsTable {
  seq: Generated<number>;
  at: number;
  took_ms: number;
  /** Which process computed it. */
  actor: string;
  /** How many differences there were; `report_json` lists no more than the first of them. */
  differences: number;
  report_json: string;
}

/** Who does now what only one process should do at a time. */
export interface LeasesTable {
  name: string;
  holder: string;
  until: number;
}

/** How far a reader of the record has come: everything up to that entry has been dealt with. */
export interface PlacesTable {
  name: string;
  seq: number;
}
