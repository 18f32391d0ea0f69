import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { observabilitySettings, type ObservabilitySettings } from './settings/observability.ts';
import { operationsSettings, type OperationsSettings } from './settings/operations.ts';
import { SettingsError } from './settings/error.ts';
import type { SettingsProblem } from './settings/error.ts';
import type { FloodSettings } from './settings/floods.ts';
import { isLoopback } from './settings/loopback.ts';
import { payloadSettings } from './settings/payload-keys.ts';
import type { PayloadSettings } from './settings/payload-keys.ts';
import { signInSettings } from './settings/sign-in.ts';
import type { SignInSettings } from './settings/sign-in.ts';
import { checkpointSettings, type CheckpointSettings, type RecordedArguments } from './settings/record.ts';
import { readTemporalTarget } from './settings/temporal.ts';
import type { TemporalTarget } from './settings/temporal.ts';
import { FIXES, variablesSchema } from './settings/variables.ts';
import { verdictKeySource } from './settings/verdict-key.ts';
import type { VerdictKeySource } from './settings/verdict-key.ts';
import { workerBuild, type WorkerBuild } from './settings/worker-build.ts';

export { isLoopback, SettingsError };
export type { AgentTokenSettings, OidcSettings, PersonRole, SignInSettings } from './settings/sign-in.ts';
export type { FloodSettings, PayloadSettings, SettingsProblem, TemporalTarget, VerdictKeySource };

export type StoreTarget = { kind: 'sqlite'; file: string } | { kind: 'postgres'; url: string };
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

/** Everything that the environment decides. Paths are absolute. */
export interface Settings {
  dataDir: string;
  host: string;
  /** 0 asks for any free port. */
  port: number;
  store: StoreTarget;
  policyDir: string;
  taskQueue: string;
  /** Path of the module that exports one's own executors. */
  executors?: string;
  /** Which build the worker of the workflows is; without it the worker has no version. */
  workerBuild?: WorkerBuild;
  /** Whether verdicts by signal, which carry no proof of who sent them, count. */
  unsignedVerdicts: 'accept' | 'refuse';
  verdictKey: VerdictKeySource;
  /** How the head of the record is signed, and where that goes beside the database. */
  checkpoints: CheckpointSettings;
  recordedArguments: RecordedArguments;
  /** The archive of histories, and how often the two systems are compared. */
  operations: OperationsSettings;
  observability: ObservabilitySettings;
  /** How long a permit that nobody claims stays. */
  permitSeconds: number;
  /** How long a claimed permit may run before its outcome counts as unknown. */
  leaseSeconds: number;
  maxInFlight: number;
  logLevel: LogLevel;
  temporal: TemporalTarget;
  /** Where people reach the console, without a slash at its end; undefined where only this machine does. */
  publicUrl?: string;
  /** Path of the file that says who is told of what waits for people. */
  notices?: string;
  /** How people sign in, and what agents may present in place of a key. */
  signIn: SignInSettings;
  /** With which keys payloads are encrypted; undefined where they are not. */
  payloads?: PayloadSettings;
  /** The origin of the Temporal UI, which may have payloads decoded. */
  temporalUiOrigin?: string;
  floods: FloodSettings;
  /** What is allowed but should be said loudly at start. */
  warnings: readonly string[];
}

const SHIPPED_POLICIES = fileURLToPath(new URL('../policies', import.meta.url));

/**
 * Reads the settings from an environment. Relative paths are resolved against `cwd`.
 * @throws {SettingsError} with every problem at once.
 */
export function readSettings(env: NodeJS.ProcessEnv = process.env, cwd: string = process.cwd()): Settings {
  const given = withoutEmpty(env);
  const variables = variablesSchema.safeParse(given);
  const temporal = readTemporalTarget(given);

  const problems: SettingsProblem[] = (variables.error?.issues ?? []).map((issue) => {
    const variable = String(issue.path[0]);
    return { variable, problem: issue.message, fix: isKnown(variable) ? FIXES[variable] : '' };
  });
  if (Array.isArray(temporal)) problems.push(...temporal);
  const signIn = variables.success ? signInSettings(variables.data) : [];
  if (Array.isArray(signIn)) problems.push(...signIn);
  if (!variables.success || Array.isArray(temporal) || Array.isArray(signIn)) throw new SettingsError(problems);

  const v = variables.data;
  const dataDir = resolve(cwd, v.GATEHOUSE_DATA);
  const payloads = payloadSettings(v.GATEHOUSE_PAYLOAD_KEYS, v.GATEHOUSE_PAYLOAD_PLAIN, cwd);
  const uiOrigin = v.GATEHOUSE_TEMPORAL_UI_ORIGIN;
  const unsignedVerdicts = v.GATEHOUSE_UNSIGNED_VERDICTS ?? (temporal.kind === 'embedded' ? 'accept' : 'refuse');
  return {
    dataDir,
    host: v.GATEHOUSE_HOST,
    port: v.GATEHOUSE_PORT,
    store:
      v.DATABASE_URL === undefined
        ? { kind: 'sqlite', file: resolve(dataDir, 'gatehouse.db') }
        : { kind: 'postgres', url: v.DATABASE_URL },
    policyDir: v.GATEHOUSE_POLICY_DIR === undefined ? SHIPPED_POLICIES : resolve(cwd, v.GATEHOUSE_POLICY_DIR),
    taskQueue: v.GATEHOUSE_TASK_QUEUE,
    ...(v.GATEHOUSE_EXECUTORS === undefined ? {} : { executors: resolve(cwd, v.GATEHOUSE_EXECUTORS) }),
    ...workerBuild(v),
    unsignedVerdicts,
    verdictKey: verdictKeySource(v.GATEHOUSE_VERDICT_KEY, dataDir, cwd),
    checkpoints: checkpointSettings(v, dataDir, cwd),
    recordedArguments: { as: v.GATEHOUSE_RECORD_ARGUMENTS, names: v.GATEHOUSE_RECORD_REDACT },
    operations: operationsSettings(v, cwd),
    observability: observabilitySettings(v),
    permitSeconds: v.GATEHOUSE_PERMIT_SECONDS,
    leaseSeconds: v.GATEHOUSE_LEASE_SECONDS,
    maxInFlight: v.GATEHOUSE_MAX_IN_FLIGHT,
    logLevel: v.GATEHOUSE_LOG_LEVEL,
    temporal,
    ...(v.GATEHOUSE_PUBLIC_URL === undefined ? {} : { publicUrl: v.GATEHOUSE_PUBLIC_URL }),
    ...(v.GATEHOUSE_NOTICES === undefined ? {} : { notices: resolve(cwd, v.GATEHOUSE_NOTICES) }),
    signIn,
    ...(payloads === undefined ? {} : { payloads }),
    ...(uiOrigin === undefined ? {} : { temporalUiOrigin: uiOrigin }),
    floods: { ratePerKey: v.GATEHOUSE_RATE_PER_KEY, maxPendingPerAgent: v.GATEHOUSE_MAX_PENDING_PER_AGENT },
    warnings: warningsFor(v.GATEHOUSE_HOST, unsignedVerdicts, temporal),
  };
}

function warningsFor(host: string, unsigned: 'accept' | 'refuse', temporal: TemporalTarget): string[] {
  const warnings: string[] = [];
  if (!isLoopback(host)) {
    warnings.push(
      `GATEHOUSE_HOST=${host}: the API is reachable from other machines, without TLS of its own. ` +
        'Put a TLS proxy before it, or unset GATEHOUSE_HOST to listen on 127.0.0.1 only.',
    );
  }
  if (unsigned === 'accept' && temporal.kind === 'server') {
    warnings.push(
      `GATEHOUSE_UNSIGNED_VERDICTS=accept: anyone who can signal workflows on ${temporal.address} can approve actions. ` +
        'Set it to refuse outside of development.',
    );
  }
  return warnings;
}

function isKnown(variable: string): variable is keyof typeof FIXES {
  return variable in FIXES;
}

function withoutEmpty(env: NodeJS.ProcessEnv): Record<string, string> {
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) if (value !== undefined && value.trim() !== '') given[name] = value;
  return given;
}
