import { operationSchema, outcomeSchema } from '@gatehouse/sdk/contract';
import { z } from 'zod';

const count = z.int().min(0);
const says = z.string();
const proposal = z.string().nullable().meta({ description: 'A rule in YAML, in shadow: it changes nothing as it is' });

/** Something that history says of a policy. None of it changes anything by itself. */
export const suggestionSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('uncovered').meta({ description: 'No rule covers it: the default alone caught it' }),
    type: z.string(),
    targets: z.array(z.string()),
    operation: operationSchema,
    outcome: outcomeSchema,
    count,
    says,
    proposal,
  }),
  z.object({
    kind: z.literal('unused').meta({ description: 'A rule that matched nothing' }),
    rule: z.string(),
    says,
  }),
  z.object({
    kind: z.literal('always-granted').meta({ description: 'People were asked again and again, and never said no' }),
    rule: z.string(),
    type: z.string(),
    count,
    says,
    /** What the asking rule would have to leave out; the allow rule alone changes nothing, for the strictest wins. */
    exception: z.string().nullable(),
    proposal,
  }),
  z.object({
    kind: z.literal('often-rejected').meta({ description: 'People were asked, and mostly said no' }),
    rule: z.string(),
    type: z.string(),
    count,
    rejected: count,
    says,
    proposal,
  }),
]);
export type Suggestion = z.output<typeof suggestionSchema>;

/** What history suggests, and a file with all of it for a person to edit. */
export const suggestionsSchema = z.object({
  policyDigest: z.string(),
  days: z.number(),
  actions: count,
  truncated: z.boolean(),
  suggestions: z.array(suggestionSchema),
  file: z.string().nullable().meta({ description: 'A policy file with every proposal, in shadow' }),
  tests: z.string().nullable().meta({ description: 'Cases for it' }),
});
export type Suggestions = z.output<typeof suggestionsSchema>;
