import { classificationSchema, operationSchema, reachSchema, sensitivitySchema } from '@gatehouse/sdk/contract';
import { severitySchema, targetKindSchema } from '@gatehouse/sdk/contract';
import { z } from 'zod';
import { duringSchema } from './during.ts';
import { TOOL_STATUSES } from './facts.ts';

/** One value or a list of values; any of them matches. */
function oneOrMany<T extends z.ZodType<string>>(item: T, what: string) {
  return z.union([item, z.array(item).min(1)], { error: `must be ${what} or a list of them, with at least one` });
}

function patterns(description: string) {
  return oneOrMany(z.string().min(1).max(500), 'a pattern').optional().meta({ description });
}

function words<T extends Record<string, string>>(item: z.ZodEnum<T>, description: string) {
  return oneOrMany(item, `one of ${item.options.join(', ')}`)
    .optional()
    .meta({ description });
}

function yesOrNo(description: string) {
  return z.boolean().optional().meta({ description });
}

const score = z.number().min(0).max(100);

export const riskMatchSchema = z
  .strictObject({
    atLeast: score.optional().meta({ description: 'From this score on' }),
    below: score.optional().meta({ description: 'Below this score' }),
  })
  .refine((risk) => risk.atLeast !== undefined || risk.below !== undefined, { error: 'needs atLeast, below or both' })
  .refine((risk) => risk.atLeast === undefined || risk.below === undefined || risk.atLeast < risk.below, {
    error: 'can never match: atLeast must be lower than below',
  });

/** The `match` part of a rule. All of its keys must fit. */
export const matchSchema = z.strictObject({
  action: patterns('Types of action'),
  target: patterns('Targets'),
  operation: words(operationSchema, 'What the action does'),
  targetKind: words(targetKindSchema, 'What kind of thing it is done to'),
  environment: words(classificationSchema.shape.environment, 'Where'),
  destructive: yesOrNo('It loses or overwrites what cannot easily be had back'),
  reversible: yesOrNo('What it does can be undone with the same tool'),
  external: yesOrNo('Something crosses to the outside'),
  reach: words(reachSchema, 'How many things it reaches'),
  sensitivity: words(sensitivitySchema, 'It touches any of these'),
  agent: patterns('Names of agents'),
  team: patterns("The agent's team; an agent without a team never fits"),
  role: patterns("Any of the agent's roles"),
  tag: patterns(
    "Any tag of the agent; in rules that block or ask also of the action, whose tags are the caller's own word",
  ),
  server: patterns('Who offers the tool that is called'),
  tool: words(z.enum(TOOL_STATUSES), 'How the inventory knows the tool: new, changed since somebody looked, or known'),
  risk: riskMatchSchema.optional().meta({ description: 'The risk score, 0 to 100' }),
  severity: words(severitySchema, 'The band of the risk score'),
  during: duringSchema.optional().meta({ description: 'A window of time' }),
});
export type MatchSource = z.output<typeof matchSchema>;
