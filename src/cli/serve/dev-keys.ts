import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Role } from '../../access/roles.ts';
import { addKey } from '../../store/keys.ts';
import type { Store } from '../../store/open.ts';

const devKeysSchema = z.object({ agent: z.string(), reviewer: z.string(), admin: z.string() });
export type DevKeys = z.infer<typeof devKeysSchema>;

/** Who the development keys belong to. */
export const DEV_PRINCIPALS = { agent: 'dev-agent', reviewer: 'dev-reviewer', admin: 'dev-admin' } as const;

/** Where the development keys of a data folder are. */
export function devKeysFile(dataDir: string): string {
  return path.join(dataDir, 'keys.json');
}

/** The development keys of the data folder, made on the first run and readable by the owner alone. */
export async function ensureDevKeys(store: Store, dataDir: string): Promise<{ keys: DevKeys; made: boolean }> {
  const file = devKeysFile(dataDir);
  const made = !existsSync(file);
  const keys = made ? makeKeys() : devKeysSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  if (made) writeFileSync(file, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  for (const role of Object.keys(DEV_PRINCIPALS) as (keyof DevKeys)[]) {
    await addKey(store, { token: keys[role], role, principal: DEV_PRINCIPALS[role] });
  }
  return { keys, made };
}

function makeKeys(): DevKeys {
  const make = (role: Role) => `gh_${role}_${randomBytes(36).toString('base64url')}`;
  return { agent: make('agent'), reviewer: make('reviewer'), admin: make('admin') };
}
