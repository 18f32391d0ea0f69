import path from 'node:path';
import { z } from 'zod';
import { keyProblem, signingKeySource, type VerdictKeySource } from './verdict-key.ts';

const MOST_SECONDS = 86_400;

/** The variables of the record: what it holds of arguments, and its checkpoints, who signs them, how often, where they go. */
export const RECORD_VARIABLES = {
  GATEHOUSE_RECORD_ARGUMENTS: z
    .enum(['full', 'redacted', 'digest'], {
      error: (issue) => `${JSON.stringify(issue.input)} is not one of full, redacted, digest`,
    })
    .default('full'),
  GATEHOUSE_RECORD_REDACT: z
    .string()
    .transform((value) =>
      value
        .split(',')
        .map((name) => name.trim())
        .filter(Boolean),
    )
    .refine((names) => names.every((name) => /^[\w.-]{1,100}$/.test(name)), {
      error: 'it holds a name with characters other than letters, digits and . _ -',
    })
    .default([]),
  GATEHOUSE_CHECKPOINT_SECONDS: z
    .string()
    .regex(/^\d{1,6}$/, { error: (issue) => `${JSON.stringify(issue.input)} is not a whole number`, abort: true })
    .transform(Number)
    .refine((value) => value >= 1 && value <= MOST_SECONDS, {
      error: (issue) => `${String(issue.input)} is outside 1 to ${MOST_SECONDS}`,
    })
    .default(60),
  GATEHOUSE_CHECKPOINT_KEY: z
    .string()
    .superRefine((value, context) => {
      const problem = keyProblem(value);
      if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
    })
    .optional(),
  GATEHOUSE_CHECKPOINT_FILE: z.string().optional(),
  GATEHOUSE_CHECKPOINT_WEBHOOK: z
    .string()
    .refine((value) => /^https?:\/\//.test(value) && URL.canParse(value), {
      error: 'it is not an http:// or https:// address',
    })
    .optional(),
};

/** What to do about one of them that cannot be used. */
export const RECORD_FIXES: Readonly<Record<keyof typeof RECORD_VARIABLES, string>> = {
  GATEHOUSE_RECORD_ARGUMENTS: 'Give full, redacted or digest; the default is full',
  GATEHOUSE_RECORD_REDACT: 'Give names of arguments with commas between them, e.g. customer_note,case_number',
  GATEHOUSE_CHECKPOINT_SECONDS: 'Give whole seconds from 1 to 86400; the default is 60',
  GATEHOUSE_CHECKPOINT_KEY:
    'Make one with: openssl genpkey -algorithm ed25519 -out checkpoint-key.pem; then give its path',
  GATEHOUSE_CHECKPOINT_FILE: 'Give the path of a file outside of the database, best on another machine',
  GATEHOUSE_CHECKPOINT_WEBHOOK: 'Give e.g. https://log.example.com/gatehouse-checkpoints',
};

/** What goes on record of arguments beside their digest. */
export interface RecordedArguments {
  as: 'full' | 'redacted' | 'digest';
  /** Names of values that are masked beside those that are known. */
  names: readonly string[];
}

/** How the head of the record is signed, and where that goes beside the database. */
export interface CheckpointSettings {
  key: VerdictKeySource;
  everySeconds: number;
  /** An absolute path. */
  file?: string;
  webhook?: string;
}

/** Turns the variables into the settings. Paths are resolved against `cwd`. */
export function checkpointSettings(
  variables: z.infer<z.ZodObject<typeof RECORD_VARIABLES>>,
  dataDir: string,
  cwd: string,
): CheckpointSettings {
  const { GATEHOUSE_CHECKPOINT_FILE: file, GATEHOUSE_CHECKPOINT_WEBHOOK: webhook } = variables;
  return {
    key: signingKeySource(variables.GATEHOUSE_CHECKPOINT_KEY, path.join(dataDir, 'checkpoint-key.pem'), cwd),
    everySeconds: variables.GATEHOUSE_CHECKPOINT_SECONDS,
    ...(file === undefined ? {} : { file: path.resolve(cwd, file) }),
    ...(webhook === undefined ? {} : { webhook }),
  };
}
