import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clientOf } from '../src/cli/serve/link.ts';
import { KEY_BYTES, payloadSettings } from '../src/settings/payload-keys.ts';
import { connectTemporal, localTarget } from '../src/temporal/connect.ts';

/** Where callers find the Temporal server, and the file of keys that payloads there are encrypted with, if they are. */
export interface TemporalDoor {
  address: string;
  namespace: string;
  payloadKeys: string | null;
}

/** Makes a key for the run in its folder, and returns the path of the file. */
export function makePayloadKeys(dir: string): string {
  const file = join(dir, 'payload-keys.txt');
  writeFileSync(file, `bench ${randomBytes(KEY_BYTES).toString('base64url')}\n`, { mode: 0o600 });
  return file;
}

/** A Temporal client that encrypts as the gate does: workers take nothing else, and a floor in plain text would flatter. */
export async function openClient({
  address,
  namespace,
  payloadKeys,
}: TemporalDoor): Promise<ReturnType<typeof clientOf>> {
  const payloads = payloadSettings(payloadKeys ?? undefined, 'refuse', process.cwd());
  return clientOf(await connectTemporal(localTarget(address, namespace), { payloads }));
}
