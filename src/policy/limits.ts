import type { JsonObject } from '@gatehouse/sdk/contract';
import { z } from 'zod';
import { parseDuration } from './duration.ts';
import { sayDuration, sayNumber } from './numbers.ts';

/** Whose actions share one budget. */
export const LIMIT_SCOPES = ['agent', 'session', 'team', 'global'] as const;
export type LimitScope = (typeof LIMIT_SCOPES)[number];

/** The longest window: what lies further back is not kept. */
export const LONGEST_WINDOW_SECONDS = 31 * 86_400;
/** Sums of decimals such as 0.1 + 0.2 are off by less than this part of the limit. */
const ROUNDING = 1e-9;

const PATH = /^[A-Za-z_][\w-]*(\.[A-Za-z_][\w-]*){0,9}$/;

/** A window of time as rules write it, `1h` or `7d`. */
export const windowSchema = z
  .string()
  .refine((text) => (parseDuration(text) ?? Infinity) <= LONGEST_WINDOW_SECONDS, {
    error: 'must be a duration such as 90s, 30m, 24h or 7d, at most 31d',
  })
  .meta({ description: 'How far back it looks: a whole number and s, m, h or d, at most 31d' });

/** `limit` of a rule: the rule applies only to what would exceed it. */
export const limitSchema = z
  .strictObject({
    max: z.number().min(0).meta({ description: 'The most that may fall into the window' }),
    per: z.enum(LIMIT_SCOPES).meta({ description: 'Who shares the budget' }),
    within: windowSchema,
    count: z.literal('actions').optional().meta({ description: 'Counts the actions that the rule matches' }),
    sum: z
      .string()
      .max(200)
      .regex(PATH, { error: 'must be a path into the arguments, such as amount or order.total' })
      .optional()
      .meta({ description: 'Adds up an argument, by its path, e.g. amount or order.total' }),
  })
  .refine((limit) => (limit.count === undefined) !== (limit.sum === undefined), {
    error: 'needs either count: actions or sum with a path into the arguments',
  });
export type LimitSource = z.output<typeof limitSchema>;

/** A limit, ready to be held against a window. */
export interface Limit {
  readonly max: number;
  readonly per: LimitScope;
  readonly withinSeconds: number;
  /** Where the amount stands in the arguments; null counts actions. */
  readonly sum: readonly string[] | null;
}

/** Compiles `limit` of a rule. */
export function compileLimit(source: LimitSource): Limit {
  const { max, per, within, sum } = source;
  return { max, per, withinSeconds: parseDuration(within) ?? 0, sum: sum === undefined ? null : sum.split('.') };
}

/** What an action would take from the budget: 1, or its amount; null where that is no finite number from 0 on. */
export function takes(limit: Limit, args: JsonObject): number | null {
  if (limit.sum === null) return 1;
  let value: unknown = args;
  for (const step of limit.sum) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, step)) return null;
    value = (value as Record<string, unknown>)[step];
  }
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}

/**
 * Whether an action exceeds a limit, and in words why; null where it stays within. `spent` is what the window holds
 * without this action; where that is not known, or the amount cannot be told, the limit counts as exceeded.
 */
export function exceeds(limit: Limit, args: JsonObject, spent: number | undefined): string | null {
  const amount = takes(limit, args);
  if (amount === null)
    return `${limit.sum?.join('.') ?? ''} is no number from 0 on, so what it would spend cannot be told`;
  if (spent === undefined) return 'what was spent before could not be told';
  if (spent + amount <= limit.max + ROUNDING * Math.max(1, limit.max)) return null;
  const window = `in the last ${sayDuration(limit.withinSeconds)}`;
  const whose = limit.per === 'global' ? 'of all agents' : `of this ${limit.per}`;
  const what = limit.sum === null ? 'actions' : `of ${limit.sum.join('.')}`;
  const { max } = limit;
  return `${sayNumber(spent)} of ${sayNumber(max)} ${what} ${whose} ${window}; this would be ${sayNumber(spent + amount)}`;
}
