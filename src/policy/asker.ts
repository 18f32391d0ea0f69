import { z } from 'zod';
import type { Asker } from '../workflows/messages.ts';

const label = z.string().min(1).max(100);

/** What the gate may know of an agent beside team, roles and tags, as the tools are told of it. */
export const delegationShape = {
  owner: label.optional().meta({ description: 'Who answers for it' }),
  environment: label.optional().meta({ description: 'Where it runs, e.g. production' }),
  chain: z
    .array(label)
    .max(8)
    .optional()
    .meta({ description: 'On whose behalf it acts: its parent first, then the parent of that' }),
};

/** What may be said of who asks; what is left out is not known. */
interface Described {
  team?: string | null | undefined;
  roles?: string[] | undefined;
  tags?: string[] | undefined;
  owner?: string | null | undefined;
  environment?: string | null | undefined;
  chain?: string[] | undefined;
}

/** Who asks, in the form that goes with an action. What is not known is left out, so that it does not travel. */
export function toAsker({ team, roles = ['agent'], tags = [], owner, environment, chain = [] }: Described): Asker {
  return {
    ...{ team: team ?? null, roles, tags },
    ...(owner == null ? {} : { owner }),
    ...(environment == null ? {} : { environment }),
    ...(chain.length === 0 ? {} : { chain }),
  };
}
