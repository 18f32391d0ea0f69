import { loadClientConfigProfile, toClientOptions } from '@temporalio/envconfig';
import type { NativeConnectionOptions } from '@temporalio/worker';
import type { SettingsProblem } from './error.ts';

/** Which Temporal server to use: one that somebody runs, or the one that we start ourselves. */
export type TemporalTarget =
  | { kind: 'server'; address: string; namespace: string; options: NativeConnectionOptions }
  | { kind: 'embedded'; namespace: string };

const ADDRESS = /^(\[[0-9a-fA-F:]+\]|[\w.-]+)(:\d{1,5})?$/;

/** Reads the standard TEMPORAL_* variables and the profile file. An address in either means that server is used. */
export function readTemporalTarget(env: Record<string, string>): TemporalTarget | SettingsProblem[] {
  try {
    const profile = loadClientConfigProfile({ overrideEnvVars: env });
    const namespace = profile.namespace ?? 'default';
    const { address } = profile;
    if (address === undefined || address === '') return withoutAddress(env, namespace);
    if (!ADDRESS.test(address)) {
      const problem = `${JSON.stringify(address)} is not host:port`;
      return [{ variable: 'TEMPORAL_ADDRESS', problem, fix: 'Give e.g. 127.0.0.1:7233, without http:// or a path' }];
    }
    return { kind: 'server', address, namespace, options: { ...toClientOptions(profile).connectionOptions, address } };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    const variable = env['TEMPORAL_PROFILE'] === undefined ? 'TEMPORAL_*' : 'TEMPORAL_PROFILE';
    return [
      { variable, problem, fix: 'Correct the variable or the profile file, or unset it for the embedded server' },
    ];
  }
}

// Credentials without a server would silently start an embedded one: somebody forgot the address.
function withoutAddress(env: Record<string, string>, namespace: string): TemporalTarget | SettingsProblem[] {
  const orphans = Object.keys(env).filter(
    (name) => name === 'TEMPORAL_API_KEY' || name.startsWith('TEMPORAL_TLS_CLIENT'),
  );
  if (orphans.length === 0) return { kind: 'embedded', namespace };
  const fix = 'Set TEMPORAL_ADDRESS to that server as well, or unset this for the embedded server';
  return orphans.map((variable) => ({ variable, problem: 'it is set, but no Temporal address is', fix }));
}
