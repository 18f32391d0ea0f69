import type { z } from 'zod';
import { APPROVAL_HINTS, APPROVAL_KEYS, APPROVAL_LIST_KEYS } from './approval-vocabulary.ts';
import type { PolicyProblem } from './problem.ts';
import type { Path, SourceMap } from './source-map.ts';
import { limitSchema } from './limits.ts';
import { duringSchema } from './during.ts';
import { matchSchema, riskMatchSchema } from './match-schema.ts';
import { useSchema } from './pack-schema.ts';
import { defaultsSchema, fileSchema, overrideSchema, ruleSchema } from './schema.ts';
import { afterSchema } from './sequence.ts';

/** What may stand at a place, by the last key of its path. */
const ALLOWED_KEYS: Record<string, string[]> = {
  ...APPROVAL_KEYS,
  match: Object.keys(matchSchema.shape),
  risk: Object.keys(riskMatchSchema.shape),
  during: Object.keys(duringSchema.shape),
  limit: Object.keys(limitSchema.shape),
  after: Object.keys(afterSchema.shape),
  defaults: Object.keys(defaultsSchema.shape),
  riskThresholds: ['requireApproval', 'block'],
};

/** The same for elements of lists, by the key of the list. */
const LIST_KEYS: Record<string, string[]> = {
  ...APPROVAL_LIST_KEYS,
  use: Object.keys(useSchema.shape),
  overrides: Object.keys(overrideSchema.shape),
};
const PARAMETER_KEYS = ['type', 'default', 'description'];

const HINTS: Record<string, string> = {
  ...APPROVAL_HINTS,
  version: 'write version: 1',
  name: 'give a short name',
  rules: 'write a list of rules',
  id: 'give a short id such as hold-large-refunds',
  reason: 'say in one sentence why, and what the agent can do',
  effect: 'use allow, require_approval or block',
  unmatched: 'use block or require_approval; what no rule matches is never allowed',
  when: 'write a condition in CEL, e.g. args.count > 100',
  match: 'name an action, a target or another fact to match',
  approval: 'remove it, or change the effect',
  within: 'use a whole number and s, m, h or d, such as 1h; at most 31d',
  per: 'use one of the values that are named',
  sum: 'name an argument, such as amount or order.total',
  limit: 'write e.g. { max: 20, per: agent, within: 1h, count: actions }, in a rule that blocks or asks',
  after: 'write e.g. { operation: read, sensitivity: personal, within: 1h }, in a rule that blocks or asks',
  risk: 'give scores from 0 to 100, e.g. atLeast: 70',
  mode: 'use enforce or shadow',
  during: 'write e.g. { days: [mon, fri], from: "09:00", to: "17:00", timeZone: Europe/Berlin }',
  from: 'write a time of day such as 09:00',
  to: 'write a time of day such as 17:30',
  timeZone: 'name an IANA time zone such as Europe/Berlin',
  use: 'write e.g. { pack: postgres, with: { maxRows: 100 } }',
  parameters: 'write e.g. maxRows: { type: number, default: 100, description: … }',
  overrides: 'write e.g. { rule: postgres/ask-ddl, mode: shadow, reason: … }',
  advice: 'tell the agent in one sentence what it can do',
};

/** What a kind of file is told by: the keys that may stand at a place, and how to mend a key. */
export interface Vocabulary {
  allowedKeys: (path: Path) => string[];
  hints: Readonly<Record<string, string>>;
}

/** Turns what zod found at `base` into problems with a place and a fix, one for each unknown key. */
export function explainShape(
  issues: readonly z.core.$ZodIssue[],
  base: Path,
  file: string,
  map: SourceMap,
  vocabulary: Vocabulary = { allowedKeys, hints: HINTS },
): PolicyProblem[] {
  return issues.flatMap((issue) => {
    const path: Path = [...base, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
    if (issue.code === 'unrecognized_keys') {
      const allowed = vocabulary.allowedKeys(path);
      return issue.keys.map((key) => ({
        file,
        ...map.key(path, key),
        message: `${where([...path, key])} is not known`,
        fix: `remove it, or use one of ${allowed.join(', ')}`,
      }));
    }
    return [
      {
        file,
        ...map.value(path),
        message: `${where(path)} ${says(issue)}`,
        fix: fixFor(issue, path, vocabulary.hints),
      },
    ];
  });
}

function says(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && issue.input === undefined && issue.message.includes('received undefined'))
    return 'is missing';
  if (issue.code === 'invalid_type') return `must be ${issue.expected === 'array' ? 'a list' : `a ${issue.expected}`}`;
  if (issue.code === 'invalid_value') {
    const missing = issue.message.includes('received undefined') ? 'is missing and ' : '';
    return `${missing}must be ${issue.values.map(String).join(', ')}`.replace(/, ([^,]*)$/, ' or $1');
  }
  if (issue.code === 'too_small')
    return issue.origin === 'number' ? `must be at least ${issue.minimum}` : 'must not be empty';
  if (issue.code === 'too_big') return issue.origin === 'number' ? `must be at most ${issue.maximum}` : 'is too long';
  return issue.message;
}

function fixFor(issue: z.core.$ZodIssue, path: Path, hints: Vocabulary['hints']): string {
  const key = [...path].reverse().find((step) => typeof step === 'string');
  const hint = hints[key ?? ''];
  if (hint !== undefined) return hint;
  if (issue.code === 'invalid_type') return `give a ${issue.expected}`;
  if (issue.code === 'too_small' || issue.code === 'too_big') return 'change the value';
  return key === undefined ? 'write version, name, defaults and rules' : `change ${key}`;
}

function allowedKeys(path: Path): string[] {
  const last = path.at(-1);
  if (last === undefined) return Object.keys(fileSchema.shape);
  if (typeof last === 'number') return LIST_KEYS[path.at(-2) ?? ''] ?? Object.keys(ruleSchema.shape);
  return path.at(-2) === 'parameters' ? PARAMETER_KEYS : (ALLOWED_KEYS[last] ?? []);
}

/** A path as a person writes it: `rules[2].match.action`. */
function where(path: Path): string {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  return text === '' ? 'the file' : text.replace(/^\./, '');
}
