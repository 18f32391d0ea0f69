/** What can be wrong with the record. Stable, for programs. */
export const FINDING_CODES = [
  'entry_changed',
  'data_changed',
  'entry_missing',
  'entry_twice',
  'data_missing',
  'head_differs',
  'checkpoint_forged',
  'checkpoint_differs',
  'record_shortened',
  'row_missing',
  'row_without_entries',
  'digest_differs',
  'status_differs',
  'outcome_differs',
  'approval_differs',
  'judgement_differs',
  'verdict_forged',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

/** One thing that is wrong, and where. */
export interface Finding {
  code: FindingCode;
  /** The place in the chain; null where it is about a row. */
  seq: number | null;
  /** The action, or the name under which the record keeps other things; null where it is about the chain as a whole. */
  action: string | null;
  says: string;
}

/** What a verification found. */
export interface VerifyReport {
  ok: boolean;
  /** How many entries have their place in the chain. */
  entries: number;
  /** How many wait for it: they are covered by nothing yet. */
  unsealed: number;
  /** How many entries had their data erased, visibly. */
  redacted: number;
  /** Checkpoints whose signature and hash were compared with the chain. */
  checkpoints: number;
  /** The length of the chain that the newest of them vouches for; 0 where there is none. */
  vouchedFor: number;
  /** Actions whose row was compared with their entries. */
  actions: number;
  /** The first of what is wrong, in the order in which it was found. */
  findings: Finding[];
  /** How many there are in all. */
  wrong: number;
}

/** Keeps the first findings, and counts all. */
export class Findings {
  readonly kept: Finding[] = [];
  count = 0;

  constructor(private readonly most = 50) {}

  add(code: FindingCode, where: { seq?: number; action?: string }, says: string): void {
    this.count += 1;
    if (this.kept.length < this.most) {
      this.kept.push({ code, seq: where.seq ?? null, action: where.action ?? null, says });
    }
  }
}
