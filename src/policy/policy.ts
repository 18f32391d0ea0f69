import type { ApprovalTerms, Effect } from '@gatehouse/sdk/contract';
import type { Condition } from './cel.ts';
import type { PreparedFacts } from './facts.ts';

/** A test of the `match` part of a rule. All of a rule's tests must hold. */
export type Matcher = (facts: PreparedFacts) => boolean;

/** A rule, ready to be evaluated. */
export interface Rule {
  readonly id: string;
  readonly reason: string;
  readonly effect: Effect;
  /** Terms for require_approval, from the rule or the defaults. */
  readonly approval: ApprovalTerms;
  readonly matchers: readonly Matcher[];
  /** Literal action types that the rule names, in snake case: only these can allow an action of unknown operation. */
  readonly namesActions: ReadonlySet<string>;
  readonly condition: Condition | null;
  readonly place: { readonly file: string; readonly line: number };
}

export interface PolicyDefaults {
  readonly unmatched: Exclude<Effect, 'allow'>;
  readonly approval: ApprovalTerms;
  readonly riskThresholds: { readonly requireApproval: number | null; readonly block: number | null };
}

/** A whole, sound policy set. Two sets with the same digest decide everything alike. */
export interface Policy {
  /** `sha256:` and the hex digest of `text`. */
  readonly digest: string;
  /** Defaults and rules as canonical JSON (RFC 8785), without comments, file names and order. */
  readonly text: string;
  readonly names: readonly string[];
  readonly defaults: PolicyDefaults;
  /** Strictest effect first, then by id: the order of rules and files never matters. */
  readonly rules: readonly Rule[];
}

/** A text that may hold part of a policy. */
export interface PolicyFile {
  path: string;
  text: string;
}

/** Effects from strictest to mildest. */
export const STRICTNESS: readonly Effect[] = ['block', 'require_approval', 'allow'];

/** The stricter of two effects. */
export function stricter<T extends Effect>(a: T, b: T): T {
  return STRICTNESS.indexOf(a) <= STRICTNESS.indexOf(b) ? a : b;
}
