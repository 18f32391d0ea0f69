import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A small store that speaks as much of S3 as the archive needs, and checks each signature as AWS documents it (SigV4). */
export interface S3StandIn {
  endpoint: string;
  objects: Map<string, Buffer>;
  /** So many calls are answered with 503 before the store works again. */
  failNext(times: number): void;
  close(): Promise<void>;
}

export const S3_KEYS = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/EXAMPLEKEY' };

export async function startS3StandIn(): Promise<S3StandIn> {
  const objects = new Map<string, Buffer>();
  let failures = 0;
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks);
      if (failures > 0) {
        failures -= 1;
        response.writeHead(503).end('SlowDown');
      } else if (!isSigned(request, body)) {
        response.writeHead(403).end('SignatureDoesNotMatch');
      } else if (request.method === 'PUT') {
        objects.set(request.url ?? '', body);
        response.writeHead(200).end();
      } else {
        const found = objects.get(request.url ?? '');
        response.writeHead(found === undefined ? 404 : 200).end(found);
      }
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    objects,
    failNext: (times) => (failures = times),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

function isSigned(request: IncomingMessage, body: Buffer): boolean {
  const [, credential = '', signed = '', signature = ''] =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), SignedHeaders=([^,]+), Signature=(\w+)$/.exec(
      request.headers.authorization ?? '',
    ) ?? [];
  const [key, day = '', region = '', service = ''] = credential.split('/');
  if (key !== S3_KEYS.AWS_ACCESS_KEY_ID) return false;
  const claimed = request.headers['x-amz-content-sha256'];
  const hash = sha256(body);
  if (claimed !== 'UNSIGNED-PAYLOAD' && claimed !== hash) return false;
  const url = new URL(request.url ?? '', 'http://x');
  const headers = signed.split(';').map((name) => `${name}:${String(request.headers[name]).trim()}\n`);
  const canonical = [request.method, url.pathname, url.search.slice(1), headers.join(''), signed, claimed].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  const derived = [day, region, service, 'aws4_request'].reduce<Buffer | string>(
    (under, part) => createHmac('sha256', under).update(part).digest(),
    `AWS4${S3_KEYS.AWS_SECRET_ACCESS_KEY}`,
  );
  return createHmac('sha256', derived).update(text).digest('hex') === signature;
}

function sha256(of: string | Buffer): string {
  return createHash('sha256').update(of).digest('hex');
}
