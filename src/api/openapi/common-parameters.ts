import { z } from 'zod';
import { agentSchema, cursorSchema, limitSchema, waitSchema } from '../parameters.ts';
import type { Parameter } from './operation.ts';

/** The parameters that several operations have. */
export const id: Parameter = {
  name: 'id',
  in: 'path',
  schema: z.string().meta({ description: 'The id that the guard answered' }),
};
export const wait: Parameter = { name: 'wait', in: 'query', schema: waitSchema };
export const page: readonly Parameter[] = [
  { name: 'agent', in: 'query', schema: agentSchema },
  { name: 'limit', in: 'query', schema: limitSchema },
  { name: 'cursor', in: 'query', schema: cursorSchema },
];
