/** Times are milliseconds since the epoch; `to` is not part of it any more. */
export interface Period {
  from: number;
  to: number;
}

export type Cell = string | number | null;

/** One table of a report. */
export interface Section {
  title: string;
  columns: readonly string[];
  rows: readonly (readonly Cell[])[];
  /** Longer texts below the table, such as a diff, each under its own title. */
  texts?: readonly { title: string; text: string }[];
}

/** What a report says, before it is written in some form. The first section is the one that CSV has. */
export interface Report {
  name: string;
  title: string;
  period: Period;
  sections: readonly Section[];
}

/** A moment as reports write it; null stays null. */
export function moment(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

/** The value in the middle, or null of none. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}
