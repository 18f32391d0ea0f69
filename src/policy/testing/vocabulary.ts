import type { z } from 'zod';
import { APPROVAL_HINTS, APPROVAL_KEYS, APPROVAL_LIST_KEYS } from '../approval-vocabulary.ts';
import type { Vocabulary } from '../explain-shape.ts';
import {
  caseActionSchema,
  caseAgentSchema,
  caseFileSchema,
  caseSchema,
  earlierActionSchema,
  expectSchema,
} from './schema.ts';

const keys = (schema: z.ZodObject): string[] => Object.keys(schema.shape);

/** What may stand at a place of a case, by the last key of its path. */
const ALLOWED: Readonly<Record<string, string[]>> = {
  action: keys(caseActionSchema),
  agent: keys(caseAgentSchema),
  expect: keys(expectSchema),
  tool: ['name', 'description', 'inputSchema', 'annotations', 'server'],
  ...APPROVAL_KEYS,
};

/** How files of cases are told of. */
export const CASE_VOCABULARY: Vocabulary = {
  allowedKeys: (path) => {
    const last = path.at(-1);
    if (last === undefined) return keys(caseFileSchema);
    if (typeof last === 'string') return ALLOWED[last] ?? [];
    const list = String(path.at(-2));
    return APPROVAL_LIST_KEYS[list] ?? keys(list === 'earlier' ? earlierActionSchema : caseSchema);
  },
  hints: {
    ...APPROVAL_HINTS,
    cases: 'write a list of cases, each with name, action and expect',
    name: 'say in a few words what the case shows',
    type: 'name what is done, e.g. delete_records',
    target: 'name what it is done to, e.g. production_database',
    context: 'write the arguments as a map',
    expect: 'write at least outcome: ALLOW, REQUIRE_APPROVAL or BLOCK',
    outcome: 'use ALLOW, REQUIRE_APPROVAL or BLOCK',
    shadowOutcome: 'use ALLOW, REQUIRE_APPROVAL, BLOCK or null',
    at: 'write a time with its zone, e.g. 2026-02-03T10:00:00Z',
    ago: 'use a whole number and s, m, h or d, such as 5m',
    tool: 'use new, changed or known; the tool that is called stands in action.tool',
    spent: 'give a number from 0 on for each rule, e.g. { few-emails: 20 }',
    status: 'use a status of an action, such as succeeded, rejected or blocked',
  },
};
