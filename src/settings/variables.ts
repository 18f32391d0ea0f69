import { z } from 'zod';
import { FLOOD_FIXES, floodVariables } from './floods.ts';
import { NOTICES_FIXES, noticesVariables } from './notices.ts';
import { PAYLOAD_FIXES, payloadVariables } from './payload-keys.ts';
import { PUBLIC_URL_FIXES, publicUrlVariables } from './public-url.ts';
import { SIGN_IN_FIXES, signInVariables } from './sign-in.ts';
import { TEMPORAL_UI_FIXES, temporalUiVariables } from './temporal-ui.ts';
import { OBSERVABILITY_FIXES, OBSERVABILITY_VARIABLES } from './observability.ts';
import { OPERATIONS_FIXES, OPERATIONS_VARIABLES } from './operations.ts';
import { RECORD_FIXES, RECORD_VARIABLES } from './record.ts';
import { keyProblem } from './verdict-key.ts';
import { WORKER_BUILD_FIXES, WORKER_BUILD_VARIABLES } from './worker-build.ts';

const wholeNumber = (least: number, most: number, fallback: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, { error: (issue) => `${quoted(issue.input)} is not a whole number`, abort: true })
    .transform(Number)
    .refine((value) => value >= least && value <= most, {
      error: (issue) => `${String(issue.input)} is outside ${least} to ${most}`,
    })
    .default(fallback);

const oneOf = <const Choices extends readonly [string, ...string[]]>(choices: Choices) =>
  z.enum(choices, { error: (issue) => `${quoted(issue.input)} is not one of ${choices.join(', ')}` });

/** The one description of Gatehouse's own variables. Empty counts as absent, as compose files pass it. */
export const variablesSchema = z.object({
  GATEHOUSE_DATA: z.string().default('.gatehouse'),
  GATEHOUSE_HOST: z
    .string()
    .regex(/^[\w.:-]+$/, { error: (issue) => `${quoted(issue.input)} is not a host name or an IP address` })
    .default('127.0.0.1'),
  GATEHOUSE_PORT: wholeNumber(0, 65_535, 4280),
  DATABASE_URL: z
    .string()
    .refine(isPostgresUrl, { error: 'it is not a postgres:// or postgresql:// URL with a host and a database' })
    .optional(),
  GATEHOUSE_POLICY_DIR: z.string().optional(),
  GATEHOUSE_TASK_QUEUE: z
    .string()
    .max(200, { error: 'it is longer than 200 characters' })
    .regex(/^[\w.:-]+$/, {
      error: (issue) => `${quoted(issue.input)} has characters other than letters, digits and . _ : -`,
    })
    .default('gatehouse'),
  GATEHOUSE_EXECUTORS: z.string().optional(),
  GATEHOUSE_UNSIGNED_VERDICTS: oneOf(['accept', 'refuse']).optional(),
  GATEHOUSE_VERDICT_KEY: z
    .string()
    .superRefine((value, context) => {
      const problem = keyProblem(value);
      if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
    })
    .optional(),
  GATEHOUSE_PERMIT_SECONDS: wholeNumber(1, 86_400, 60),
  GATEHOUSE_LEASE_SECONDS: wholeNumber(1, 604_800, 300),
  GATEHOUSE_MAX_IN_FLIGHT: wholeNumber(1, 10_000, 64),
  GATEHOUSE_LOG_LEVEL: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  ...publicUrlVariables,
  ...signInVariables,
  ...noticesVariables,
  ...payloadVariables,
  ...temporalUiVariables,
  ...floodVariables,
  ...RECORD_VARIABLES,
  ...WORKER_BUILD_VARIABLES,
  ...OPERATIONS_VARIABLES,
  ...OBSERVABILITY_VARIABLES,
});

/** What to do about a variable that cannot be used. */
export const FIXES: Readonly<Record<keyof z.infer<typeof variablesSchema>, string>> = {
  GATEHOUSE_DATA: 'Give a folder that this user can write, e.g. .gatehouse',
  GATEHOUSE_HOST: 'Give the address to listen on, e.g. 127.0.0.1',
  GATEHOUSE_PORT: 'Give a port from 1 to 65535, or 0 for any free one; the default is 4280',
  DATABASE_URL: 'Give e.g. postgres://user:password@host:5432/gatehouse, or unset it for SQLite in the data folder',
  GATEHOUSE_POLICY_DIR: 'Give the folder that holds the policy files, or unset it for the baseline policy',
  GATEHOUSE_TASK_QUEUE: 'Give a name such as gatehouse',
  GATEHOUSE_EXECUTORS: 'Give the path of a module that exports executors',
  GATEHOUSE_UNSIGNED_VERDICTS:
    'Set it to accept or refuse, or unset it: accepted in embedded development, refused elsewhere',
  GATEHOUSE_VERDICT_KEY: 'Make one with: openssl genpkey -algorithm ed25519 -out verdict-key.pem; then give its path',
  GATEHOUSE_PERMIT_SECONDS: 'Give whole seconds from 1 to 86400; the default is 60',
  GATEHOUSE_LEASE_SECONDS: 'Give whole seconds from 1 to 604800; the default is 300',
  GATEHOUSE_MAX_IN_FLIGHT: 'Give a whole number from 1 to 10000; the default is 64',
  GATEHOUSE_LOG_LEVEL: 'Give one of trace, debug, info, warn, error, fatal, silent; the default is info',
  ...PUBLIC_URL_FIXES,
  ...SIGN_IN_FIXES,
  ...NOTICES_FIXES,
  ...PAYLOAD_FIXES,
  ...TEMPORAL_UI_FIXES,
  ...FLOOD_FIXES,
  ...RECORD_FIXES,
  ...WORKER_BUILD_FIXES,
  ...OPERATIONS_FIXES,
  ...OBSERVABILITY_FIXES,
};

function quoted(value: unknown): string {
  return JSON.stringify(value);
}

function isPostgresUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, pathname, hostname, searchParams } = new URL(value);
  // libpq allows a socket folder as `?host=` in place of a host name.
  const hasHost = hostname !== '' || searchParams.has('host');
  return (protocol === 'postgres:' || protocol === 'postgresql:') && hasHost && pathname.length > 1;
}
