import { z } from 'zod';

const MOST_FILES = 200;

/** Body of `POST /api/v1/policy/simulate`: a candidate, and what to try it on. */
export const simulateRequestSchema = z
  .strictObject({
    files: z
      .array(z.strictObject({ path: z.string().min(1).max(500), text: z.string().max(2_000_000) }))
      .min(1)
      .max(MOST_FILES)
      .optional()
      .meta({ description: "The candidate's files" }),
    text: z.string().max(4_000_000).optional().meta({ description: 'Or its canonical text, packs filled in' }),
    days: z.number().positive().max(366).default(7).meta({ description: 'How far to look back' }),
    actions: z.int().min(1).max(100_000).default(20_000).meta({ description: 'The newest so many at most' }),
    limit: z.int().min(0).max(500).default(20).meta({ description: 'How many changes to list' }),
    agent: z.string().min(1).max(200).optional().meta({ description: 'Only the actions of this agent' }),
  })
  .refine(({ files, text }) => (files === undefined) !== (text === undefined), {
    error: 'needs either files or text',
  });
export type SimulateRequest = z.input<typeof simulateRequestSchema>;
export type ParsedSimulateRequest = z.output<typeof simulateRequestSchema>;
