import { z } from 'zod';

const port = z
  .string()
  .regex(/^\d{1,5}$/, { error: (issue) => `${JSON.stringify(issue.input)} is not a port`, abort: true })
  .transform(Number)
  .refine((value) => value <= 65_535, { error: (issue) => `${String(issue.input)} is above 65535` })
  .optional();

/** The variables that let others watch: where Prometheus finds figures. */
export const OBSERVABILITY_VARIABLES = {
  GATEHOUSE_METRICS_PORT: port,
  GATEHOUSE_METRICS_HOST: z
    .string()
    .regex(/^[\w.:-]+$/, { error: (issue) => `${JSON.stringify(issue.input)} is not a host name or an IP address` })
    .default('127.0.0.1'),
  GATEHOUSE_TEMPORAL_METRICS_PORT: port,
};

/** What to do about one of them that cannot be used. */
export const OBSERVABILITY_FIXES: Readonly<Record<keyof typeof OBSERVABILITY_VARIABLES, string>> = {
  GATEHOUSE_METRICS_PORT: 'Give a port from 0 to 65535, another one for each process, or unset it for no metrics',
  GATEHOUSE_METRICS_HOST: 'Give the address to serve metrics on, e.g. 127.0.0.1',
  GATEHOUSE_TEMPORAL_METRICS_PORT: 'Give a port from 0 to 65535, another one for each process, or unset it',
};

/** Where figures are served; a port that is not set serves none. 0 asks for any free port. */
export interface ObservabilitySettings {
  metricsPort?: number;
  metricsHost: string;
  /** Where Temporal's own client and worker serve theirs, as `host:port`. */
  temporalMetrics?: string;
}

/** Turns the variables into the settings. */
export function observabilitySettings(
  variables: z.infer<z.ZodObject<typeof OBSERVABILITY_VARIABLES>>,
): ObservabilitySettings {
  const { GATEHOUSE_METRICS_PORT: own, GATEHOUSE_TEMPORAL_METRICS_PORT: temporal } = variables;
  const host = variables.GATEHOUSE_METRICS_HOST;
  return {
    metricsHost: host,
    ...(own === undefined ? {} : { metricsPort: own }),
    ...(temporal === undefined ? {} : { temporalMetrics: `${bracketed(host)}:${String(temporal)}` }),
  };
}

/** An IPv6 address before a port. */
function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
