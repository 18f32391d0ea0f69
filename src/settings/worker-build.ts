import { z } from 'zod';

/** The variables of worker versioning. Without a build the worker takes whatever is on its task queue. */
export const WORKER_BUILD_VARIABLES = {
  GATEHOUSE_WORKER_BUILD: z
    .string()
    .regex(/^[\w.-]{1,100}$/, {
      error: (issue) => `${JSON.stringify(issue.input)} is not 1 to 100 letters, digits and . _ -`,
    })
    .optional(),
  GATEHOUSE_WORKER_VERSIONING: z
    .enum(['auto-upgrade', 'pinned'], {
      error: (issue) => `${JSON.stringify(issue.input)} is not one of auto-upgrade, pinned`,
    })
    .default('auto-upgrade'),
};

/** What to do about one of them that cannot be used. */
export const WORKER_BUILD_FIXES: Readonly<Record<keyof typeof WORKER_BUILD_VARIABLES, string>> = {
  GATEHOUSE_WORKER_BUILD:
    'Give what names this build, e.g. 0.2.0 or a commit, or unset it for workers without versions',
  GATEHOUSE_WORKER_VERSIONING: 'Set it to auto-upgrade or pinned; the default is auto-upgrade',
};

/** Which build a worker is, for Temporal's worker deployments. */
export interface WorkerBuild {
  id: string;
  /** Whether open actions move on to the next build, or stay with the one that began them. */
  versioning: 'auto-upgrade' | 'pinned';
}

/** Turns the variables into the setting; undefined for a worker without versions. */
export function workerBuild(
  variables: z.infer<z.ZodObject<typeof WORKER_BUILD_VARIABLES>>,
): { workerBuild: WorkerBuild } | undefined {
  const { GATEHOUSE_WORKER_BUILD: id, GATEHOUSE_WORKER_VERSIONING: versioning } = variables;
  return id === undefined ? undefined : { workerBuild: { id, versioning } };
}
