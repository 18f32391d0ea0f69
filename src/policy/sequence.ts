import type { ActionStatus, Classification } from '@gatehouse/sdk/contract';
import { classificationSchema, operationSchema, sensitivitySchema, targetKindSchema } from '@gatehouse/sdk/contract';
import { z } from 'zod';
import { nameForms } from '../classify/index.ts';
import { parseDuration } from './duration.ts';
import { compilePatterns } from './glob.ts';
import { windowSchema } from './limits.ts';

/** Among so many earlier actions of a window one is looked for; where there are more, one counts as found. */
export const MOST_EARLIER = 1000;

/** What is kept of an action for rules about later ones. */
export type Traits = Pick<
  Classification,
  'operation' | 'targetKind' | 'environment' | 'sensitivity' | 'destructive' | 'external'
>;

/** An earlier action, as far as rules about later ones look at it. */
export interface Earlier {
  type: string;
  target: string;
  status: ActionStatus;
  /** Null where nothing was kept: such an action fits any trait. */
  traits: Traits | null;
  /** Milliseconds since the epoch. */
  at: number;
}

function oneOrMany<T extends z.ZodType<string>>(item: T) {
  return z.union([item, z.array(item).min(1)], { error: 'must be one value or a list with at least one' });
}

const pattern = z.string().min(1).max(500);

/** `after` of a rule: the rule matches only what follows such an action. */
export const afterSchema = z
  .strictObject({
    action: oneOrMany(pattern).optional().meta({ description: 'Types; * stands for any characters' }),
    target: oneOrMany(pattern).optional().meta({ description: 'Targets; * stands for any characters' }),
    operation: oneOrMany(operationSchema).optional().meta({ description: 'What it did' }),
    targetKind: oneOrMany(targetKindSchema).optional().meta({ description: 'What kind of thing it was done to' }),
    environment: oneOrMany(classificationSchema.shape.environment).optional().meta({ description: 'Where' }),
    sensitivity: oneOrMany(sensitivitySchema).optional().meta({ description: 'It touched any of these' }),
    destructive: z.boolean().optional().meta({ description: 'It lost what cannot easily be had back' }),
    external: z.boolean().optional().meta({ description: 'Something crossed to the outside' }),
    outcome: z
      .enum(['any', 'ran', 'refused'])
      .optional()
      .meta({ description: 'any: whatever was not refused (the default); ran: was started; refused: never ran' }),
    per: z
      .enum(['session', 'agent'])
      .optional()
      .meta({ description: 'Where to look: the same session (the default), or all that the agent did' }),
    within: windowSchema,
  })
  .refine((after) => Object.keys(after).some((key) => !['within', 'per', 'outcome'].includes(key)), {
    error: 'must say which earlier action, e.g. operation: read with sensitivity: personal',
  });
export type AfterSource = z.output<typeof afterSchema>;

/** A sequence, ready to be held against earlier actions. */
export interface After {
  readonly per: 'session' | 'agent';
  readonly withinSeconds: number;
  /** Whether an earlier action is one that the rule speaks of. */
  readonly fits: (earlier: Earlier) => boolean;
}

const STARTED: ReadonlySet<ActionStatus> = new Set<ActionStatus>(['claimed', 'succeeded', 'failed', 'unknown']);
const REFUSED: ReadonlySet<ActionStatus> = new Set<ActionStatus>([
  'blocked',
  'rejected',
  'expired',
  'cancelled',
  'lapsed',
]);

const OUTCOMES: Readonly<Record<'any' | 'ran' | 'refused', (status: ActionStatus) => boolean>> = {
  any: (status) => !REFUSED.has(status),
  ran: (status) => STARTED.has(status),
  refused: (status) => REFUSED.has(status),
};

/** Compiles `after` of a rule. */
export function compileAfter(source: AfterSource): After {
  const tests = [...nameTests(source), ...traitTests(source)];
  const came = OUTCOMES[source.outcome ?? 'any'];
  return {
    per: source.per ?? 'session',
    withinSeconds: parseDuration(source.within) ?? 0,
    fits: (earlier) => came(earlier.status) && tests.every((test) => test(earlier)),
  };
}

type Test = (earlier: Earlier) => boolean;

function nameTests({ action, target }: AfterSource): Test[] {
  const tests: Test[] = [];
  if (action !== undefined) {
    const fits = compilePatterns([action].flat());
    tests.push((earlier) => fits(nameForms(earlier.type)));
  }
  if (target !== undefined) {
    const fits = compilePatterns([target].flat());
    tests.push((earlier) => fits(nameForms(earlier.target)));
  }
  return tests;
}

function traitTests(source: AfterSource): Test[] {
  const tests: Test[] = [];
  for (const key of ['operation', 'targetKind', 'environment', 'sensitivity'] as const) {
    const value = source[key];
    if (value === undefined) continue;
    const wanted = new Set<string>([value].flat());
    tests.push(({ traits }) => traits === null || [traits[key]].flat().some((each) => wanted.has(each)));
  }
  for (const key of ['destructive', 'external'] as const) {
    const value = source[key];
    if (value !== undefined) tests.push(({ traits }) => traits === null || traits[key] === value);
  }
  return tests;
}

/** Whether one of the actions before this one fits, looking back from `now`. Where there are too many to look at: yes. */
export function followed(after: After, earlier: readonly Earlier[], now: number): boolean {
  const since = now - after.withinSeconds * 1000;
  const inWindow = earlier.filter(({ at }) => at >= since);
  return inWindow.length > MOST_EARLIER || inWindow.some(after.fits);
}

/** The traits of a classification, without its evidence. */
export function traitsOf(classification: Classification): Traits {
  const { operation, targetKind, environment, sensitivity, destructive, external } = classification;
  return { operation, targetKind, environment, sensitivity, destructive, external };
}
