import type { ApprovalTerms, Effect } from '@gatehouse/sdk/contract';
import type { Condition } from './cel.ts';
import type { PreparedFacts } from './facts.ts';
import type { RuleIndex } from './index-rules.ts';
import type { MatchSource } from './match-schema.ts';
import type { LookBack } from './past.ts';
import type { RuleSource } from './schema.ts';

export type RuleMode = 'enforce' | 'shadow';

/** A test of one key of the `match` part of a rule. All of a rule's tests must hold. */
export interface Matcher {
  readonly key: keyof MatchSource;
  /** As the rule says it. */
  readonly wanted: unknown;
  readonly holds: (facts: PreparedFacts) => boolean;
  /** What stands in the facts in its place, for whoever wants to know why. */
  readonly actual: (facts: PreparedFacts) => unknown;
}

/** A rule, ready to be evaluated. */
export interface Rule extends LookBack {
  readonly id: string;
  readonly reason: string;
  readonly advice: string | null;
  readonly effect: Effect;
  /** A rule in shadow is evaluated and recorded, and never enforced. */
  readonly mode: RuleMode;
  /** Terms for require_approval, from the rule or the defaults. */
  readonly approval: ApprovalTerms;
  readonly matchers: readonly Matcher[];
  /** Literal action types that the rule names, in snake case: only these can allow an action of unknown operation. */
  readonly namesActions: ReadonlySet<string>;
  readonly condition: Condition | null;
  /** The parameters of its pack that the condition uses; null where it uses none. */
  readonly params: Readonly<Record<string, unknown>> | null;
  /** As it was written, parameters filled in and overrides applied. */
  readonly source: RuleSource;
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
  /** What a file in shadow says of the defaults; null where none does. */
  readonly shadowDefaults: PolicyDefaults | null;
  /** Strictest effect first, then by id: the order of rules and files never matters. */
  readonly rules: readonly Rule[];
  /** Finds the rules that may match an action. */
  readonly index: RuleIndex;
  /** Whether any rule asks of the time before an action. */
  readonly looksBack: boolean;
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
