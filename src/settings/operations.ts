import path from 'node:path';
import { z } from 'zod';

/** Where the histories of finished actions are kept once Temporal forgets them. */
export type ArchiveTarget =
  | { kind: 'folder'; path: string }
  | { kind: 's3'; bucket: string; prefix: string; endpoint: string | null; region: string };

const MOST_SECONDS = 30 * 86_400;
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** The variables of those who look after the record: the archive, and how often the two systems are compared. */
export const OPERATIONS_VARIABLES = {
  GATEHOUSE_ARCHIVE: z
    .string()
    .superRefine((value, context) => {
      const problem = archiveProblem(value);
      if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
    })
    .optional(),
  GATEHOUSE_ARCHIVE_AFTER_SECONDS: seconds(0, MOST_SECONDS, 3_600),
  GATEHOUSE_RECONCILE_SECONDS: seconds(0, MOST_SECONDS, 3_600),
};

/** What to do about one of them that cannot be used. */
export const OPERATIONS_FIXES: Readonly<Record<keyof typeof OPERATIONS_VARIABLES, string>> = {
  GATEHOUSE_ARCHIVE:
    'Give the path of a folder, or s3://bucket/prefix, with ?endpoint=https://host:port for a store that is not AWS',
  GATEHOUSE_ARCHIVE_AFTER_SECONDS: 'Give whole seconds from 0 to 2592000; the default is 3600',
  GATEHOUSE_RECONCILE_SECONDS: 'Give whole seconds from 1 to 2592000, or 0 for never; the default is 3600',
};

export interface OperationsSettings {
  archive: ArchiveTarget | null;
  /** How long after its end an action is archived. */
  archiveAfterSeconds: number;
  /** How often a worker compares the two systems; 0 for never. */
  reconcileSeconds: number;
}

/** Turns the variables into the settings. Paths are resolved against `cwd`. */
export function operationsSettings(
  variables: z.infer<z.ZodObject<typeof OPERATIONS_VARIABLES>>,
  cwd: string,
): OperationsSettings {
  return {
    archive: variables.GATEHOUSE_ARCHIVE === undefined ? null : archiveTarget(variables.GATEHOUSE_ARCHIVE, cwd),
    archiveAfterSeconds: variables.GATEHOUSE_ARCHIVE_AFTER_SECONDS,
    reconcileSeconds: variables.GATEHOUSE_RECONCILE_SECONDS,
  };
}

function archiveTarget(value: string, cwd: string): ArchiveTarget {
  if (!value.startsWith('s3://')) return { kind: 'folder', path: path.resolve(cwd, value) };
  const url = new URL(value);
  return {
    kind: 's3',
    bucket: url.hostname,
    prefix: url.pathname.replace(/^\/|\/$/g, ''),
    endpoint: url.searchParams.get('endpoint'),
    region: url.searchParams.get('region') ?? 'us-east-1',
  };
}

function archiveProblem(value: string): string | undefined {
  if (!value.includes('://')) return undefined;
  if (!value.startsWith('s3://') || !URL.canParse(value)) return 'it is neither a folder nor an s3:// address';
  const { hostname, searchParams, username } = new URL(value);
  if (username !== '') return 'it has credentials in it, which belong in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY';
  if (!BUCKET.test(hostname)) return 'it names no bucket';
  const endpoint = searchParams.get('endpoint');
  return endpoint === null || /^https?:\/\/[^/]+$/.test(endpoint) ? undefined : 'its endpoint is no http(s) address';
}

function seconds(least: number, most: number, fallback: number) {
  return z
    .string()
    .regex(/^\d{1,7}$/, { error: (issue) => `${JSON.stringify(issue.input)} is not a whole number`, abort: true })
    .transform(Number)
    .refine((value) => value >= least && value <= most, {
      error: (issue) => `${String(issue.input)} is outside ${String(least)} to ${String(most)}`,
    })
    .default(fallback);
}
