import { AwsClient } from 'aws4fetch';
import type { ArchiveTarget } from '../settings/operations.ts';
import type { ArchivePlace } from './archive-place.ts';

const CALL_MS = 30_000;
/** So often is a call repeated that the store did not take; each pause is longer. */
const RETRIES = 3;

/**
 * An archive in an S3-compatible store, by path-style addresses, which every such store understands. Throws where AWS's own
 * variables hold no credentials.
 */
export function s3Archive(
  { bucket, prefix, endpoint, region }: Extract<ArchiveTarget, { kind: 's3' }>,
  env: NodeJS.ProcessEnv,
): ArchivePlace {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: token } = env;
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw new Error('GATEHOUSE_ARCHIVE is in S3: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY as well.');
  }
  const client = new AwsClient({
    ...{ accessKeyId, secretAccessKey, service: 's3', region, retries: RETRIES },
    ...(token === undefined ? {} : { sessionToken: token }),
  });
  const base = `${endpoint ?? `https://s3.${region}.amazonaws.com`}/${bucket}/${prefix === '' ? '' : `${prefix}/`}`;
  const says = `s3://${bucket}/${prefix}`;
  const failed = async (doing: string, response: Response): Promise<Error> =>
    new Error(`${says} did not take ${doing}: ${String(response.status)} ${(await response.text()).slice(0, 300)}`);
  return {
    says,
    put: async (name, bytes) => {
      const response = await client.fetch(`${base}${name}`, {
        method: 'PUT',
        body: new Uint8Array(bytes),
        headers: { 'content-type': 'application/json' },
        signal: AbortSignal.timeout(CALL_MS),
      });
      if (!response.ok) throw await failed('a history', response);
      await response.arrayBuffer();
    },
    get: async (name) => {
      const response = await client.fetch(`${base}${name}`, { signal: AbortSignal.timeout(CALL_MS) });
      if (response.status === 404) return null;
      if (!response.ok) throw await failed('a question', response);
      return new Uint8Array(await response.arrayBuffer());
    },
  };
}
