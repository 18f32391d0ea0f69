import type { Effect } from '@gatehouse/sdk/contract';
import { classificationSchema, effectSchema, operationSchema, reachSchema } from '@gatehouse/sdk/contract';
import { sensitivitySchema, severitySchema, targetKindSchema } from '@gatehouse/sdk/contract';
import fc from 'fast-check';
import { WEEKDAYS } from '../../../src/policy/during.ts';
import type { Facts } from '../../../src/policy/index.ts';
import { TOOL_STATUSES } from '../../../src/policy/index.ts';

const WORDS = ['get', 'delete', 'send', 'frob', 'Email', 'Records', 'staging', 'prod', 'x'];
const joined = (separators: string[]) =>
  fc
    .tuple(fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 }), fc.constantFrom(...separators))
    .map(([parts, separator]) => parts.join(separator));

/** Names in several styles, and now and then anything at all. */
export const anyName = fc.oneof(
  { weight: 4, arbitrary: joined(['_', '-', '', '.', ':']) },
  { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 12 }) },
);
/** Patterns that often fit such names. */
export const anyPattern = fc.oneof(
  { weight: 2, arbitrary: joined(['_', '-', '*', '']) },
  { weight: 2, arbitrary: joined(['_', '']).map((name) => `${name}*`) },
  { weight: 1, arbitrary: joined(['_']).map((name) => `*${name}`) },
  { weight: 1, arbitrary: fc.constant('*') },
  { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 12 }) },
);

const oneOrMany = <T>(item: fc.Arbitrary<T>) => fc.oneof(item, fc.array(item, { minLength: 1, maxLength: 3 }));
const words = (values: readonly string[]) => oneOrMany(fc.constantFrom(...values));
const environments = classificationSchema.shape.environment.options;

const during = fc.record(
  {
    days: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 }),
    from: fc.constantFrom('00:00', '08:30', '22:00'),
    to: fc.constantFrom('06:00', '17:00', '24:00'),
    timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kathmandu'),
    outside: fc.boolean(),
  },
  { requiredKeys: ['from'] },
);

/** What a rule may match: seldom more than two or three keys, or hardly anything would ever match. */
export const anyMatch = fc
  .record({
    action: oneOrMany(anyPattern),
    target: oneOrMany(anyPattern),
    agent: oneOrMany(anyPattern),
    team: oneOrMany(anyPattern),
    role: oneOrMany(anyPattern),
    tag: oneOrMany(anyPattern),
    server: oneOrMany(anyPattern),
    operation: words(operationSchema.options),
    targetKind: words(targetKindSchema.options),
    environment: words(environments),
    reach: words(reachSchema.options),
    sensitivity: words(sensitivitySchema.options),
    severity: words(severitySchema.options),
    tool: words(TOOL_STATUSES),
    destructive: fc.boolean(),
    reversible: fc.boolean(),
    external: fc.boolean(),
    risk: fc.integer({ min: 1, max: 99 }).map((at) => (at % 2 === 0 ? { atLeast: at } : { below: at })),
    during,
  })
  .chain((match) =>
    fc
      .subarray(Object.keys(match) as (keyof typeof match)[], { maxLength: 3 })
      .map((keys): Record<string, unknown> => Object.fromEntries(keys.map((key) => [key, match[key]]))),
  );

const CONDITIONS = [
  'args.amount > 10',
  'has(args.to)',
  'found.count > 5',
  'found.everything == false',
  'now.hour < 12',
];

/** A rule without an id. Some conditions cannot be told for most actions. */
export const anyRule = fc
  .record({
    reason: fc.constant('because'),
    match: anyMatch,
    when: fc.option(fc.constantFrom(...CONDITIONS), { nil: undefined }),
    effect: fc.constantFrom<Effect>(...effectSchema.options),
    mode: fc.constantFrom('enforce', 'enforce', 'shadow'),
  })
  // An allow rule must say what it allows.
  .map((rule) => (Object.keys(rule.match).length === 0 ? { ...rule, match: { action: '*' } } : rule));

/** Rules with ids of their own. */
export const anyRules = (constraints: { minLength: number; maxLength: number }) =>
  fc.array(anyRule, constraints).map((rules) => rules.map((rule, at) => ({ id: `r${at}`, ...rule })));

const quantity = fc.oneof(
  fc.integer({ min: 0, max: 20 }).map((value) => ({ state: 'known' as const, value })),
  fc.constant({ state: 'missing' as const }),
);
const names = fc.array(anyName, { maxLength: 2 });

/** Facts of any kind, whether or not an action could have them. */
export const anyFacts: fc.Arbitrary<Facts> = fc.record({
  action: fc.record({
    type: anyName,
    target: anyName,
    tags: names,
    session: fc.option(fc.string()),
    server: fc.option(anyName),
  }),
  args: fc.dictionary(fc.constantFrom('amount', 'to'), fc.oneof(fc.integer(), fc.string())),
  agent: fc.record({
    name: anyName,
    team: fc.option(anyName),
    roles: names,
    tags: names,
    owner: fc.option(anyName),
    environment: fc.option(anyName),
    parent: fc.option(anyName),
    chain: names,
  }),
  tool: fc.record({ status: fc.option(fc.constantFrom(...TOOL_STATUSES)) }),
  now: fc.integer({ min: 1_700_000_000_000, max: 1_800_000_000_000 }),
  classification: fc.record({
    operation: fc.constantFrom(...operationSchema.options),
    targetKind: fc.constantFrom(...targetKindSchema.options),
    environment: fc.constantFrom(...environments),
    destructive: fc.boolean(),
    reversible: fc.boolean(),
    external: fc.boolean(),
    reach: fc.constantFrom(...reachSchema.options),
    sensitivity: fc.subarray(sensitivitySchema.options),
    confidence: fc.constant('low' as const),
    evidence: fc.constant([]),
  }),
  risk: fc.record({ score: fc.integer({ min: 0, max: 100 }), severity: fc.constantFrom(...severitySchema.options) }),
  found: fc.record({
    amount: quantity,
    count: quantity,
    recipients: quantity,
    everything: fc.boolean(),
    sensitivity: fc.constant([]),
    content: fc.constant([]),
    targetEnvironment: fc.constantFrom(...environments),
  }),
});
