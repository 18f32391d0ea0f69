import { guardRequestSchema } from '@gatehouse/sdk/contract';
import { z } from 'zod';
import { delegationShape } from '../asker.ts';

const label = z.string().min(1).max(100);

/** Body of `POST /api/v1/policy/explain`: a guard request, and for whom and when it is explained. */
export const explainRequestSchema = guardRequestSchema.extend({
  agent: z
    .strictObject({
      name: z.string().min(1).max(200),
      team: label.optional(),
      roles: z.array(label).max(20).optional(),
      tags: z.array(label).max(20).optional(),
      ...delegationShape,
    })
    .optional()
    .meta({ description: 'Who would ask. An agent explains its own actions alone' }),
  at: z.iso.datetime({ offset: true }).optional().meta({ description: 'When it would be asked; now where left out' }),
});
export type ExplainRequest = z.input<typeof explainRequestSchema>;
export type ParsedExplainRequest = z.output<typeof explainRequestSchema>;
