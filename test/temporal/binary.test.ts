import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { TemporalBinaryError, cachedBinaryPath, resolveTemporalBinary } from '../../src/temporal/binary.ts';

// Nothing listens on the discard port, so the download fails at once.
const NOWHERE = 'http://127.0.0.1:9';

describe('the Temporal binary', () => {
  let folder: string;
  let said: string[];
  const say = (line: string) => said.push(line);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gatehouse-binary-'));
    said = [];
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  // A stand-in that answers --version as the real one does; `tools` are commands of this machine that stay reachable.
  function binaryIn(name: string, server: string): string {
    const path = join(folder, name, 'temporal');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `#!/bin/sh\necho "temporal version 9.9.9 (Server ${server}, UI 2.0.0)"\n`);
    chmodSync(path, 0o755);
    return path;
  }

  const envWith = (path: string) => ({ PATH: path, HOME: join(folder, 'home') });

  test('the one on PATH is taken when its server is supported', async () => {
    const path = binaryIn('bin', '1.31.0');
    expect(await resolveTemporalBinary({ env: envWith(dirname(path)), say, origin: NOWHERE })).toBe(path);
    expect(said).toEqual([]);
  });

  test('an old one on PATH is passed over, with the reason, for the one in the cache', async () => {
    const env = envWith(dirname(binaryIn('bin', '1.29.1')));
    const cached = binaryIn('home/.cache/gatehouse/temporal-cli-1.8.2', '1.31.2');
    expect(cached).toBe(cachedBinaryPath(env));
    expect(await resolveTemporalBinary({ env, say, origin: NOWHERE })).toBe(cached);
    expect(said).toEqual([expect.stringContaining('has server 1.29.1, and 1.31 or newer is needed')]);
  });

  test('XDG_CACHE_HOME moves the cache', () => {
    expect(cachedBinaryPath({ HOME: '/home/me', XDG_CACHE_HOME: '/cache' })).toMatch(/^\/cache\/gatehouse\//);
    expect(cachedBinaryPath({ HOME: '/home/me' })).toMatch(/^\/home\/me\/\.cache\/gatehouse\//);
  });

  test('a download fills the cache, once for concurrent callers', async () => {
    const archive = join(folder, 'cli.tar.gz');
    execFileSync('tar', ['-czf', archive, '-C', dirname(binaryIn('release', '1.31.2')), 'temporal']);
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end(readFileSync(archive));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const env = envWith(join(folder, 'empty'));
    try {
      const options = { env, say, origin };
      const both = await Promise.all([resolveTemporalBinary(options), resolveTemporalBinary(options)]);
      expect(both).toEqual([cachedBinaryPath(env), cachedBinaryPath(env)]);
    } finally {
      server.close();
      server.closeAllConnections();
    }
    expect(asked).toEqual([expect.stringMatching(/^\/cli\/archive\/v1\.8\.2\?platform=\w+&arch=\w+$/)]);
    expect(existsSync(`${dirname(cachedBinaryPath(env))}.lock`)).toBe(false);
  });

  test('the lock of a process that died is taken over', async () => {
    const env = envWith(join(folder, 'empty'));
    const lock = `${dirname(cachedBinaryPath(env))}.lock`;
    mkdirSync(dirname(lock), { recursive: true });
    // Process ids end far below this one.
    writeFileSync(lock, '999999999\n');
    await expect(resolveTemporalBinary({ env, say, origin: NOWHERE })).rejects.toThrow(TemporalBinaryError);
    expect(existsSync(lock)).toBe(false);
  });

  test('without any way to a binary the error says what was tried and what to do', async () => {
    const env = envWith(join(folder, 'empty'));
    const failure = await resolveTemporalBinary({ env, say, origin: NOWHERE }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TemporalBinaryError);
    expect((failure as TemporalBinaryError).tried).toEqual([
      'no temporal on PATH',
      expect.stringContaining('download: http://127.0.0.1:9'),
      'build: no go on PATH',
    ]);
    expect(String(failure)).toContain('TEMPORAL_ADDRESS');
  });
});
