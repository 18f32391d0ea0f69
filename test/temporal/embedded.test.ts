import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveTemporalBinary } from '../../src/temporal/binary.ts';
import { databaseFile, runningEmbedded, writeRecord } from '../../src/temporal/embedded-record.ts';
import { EmbeddedServerError, startEmbedded } from '../../src/temporal/embedded.ts';
import type { EmbeddedServer } from '../../src/temporal/embedded.ts';
import { openTemporal } from '../../src/temporal/open.ts';
import { isAlive, stopProcess } from '../../src/temporal/process.ts';

describe('the embedded Temporal server', () => {
  let dataDir: string;
  let binary: string;
  let said: string[];
  const servers: EmbeddedServer[] = [];
  const say = (line: string) => said.push(line);

  const start = async (port = 0) => {
    const server = await startEmbedded({ binary, dataDir, namespace: 'default', port, uiPort: false, say });
    servers.push(server);
    return server;
  };

  beforeAll(async () => {
    binary = await resolveTemporalBinary({ env: process.env, say: () => undefined });
  });

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-embedded-'));
    said = [];
  });

  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.stop()));
    rmSync(dataDir, { recursive: true, force: true });
  });

  test('it serves, is found by its record, and leaves nothing running when stopped', async () => {
    const server = await start();
    expect(runningEmbedded(dataDir)).toEqual({ pid: server.pid, owner: process.pid, address: server.address });
    await server.stop();
    await server.stop();
    expect(isAlive(server.pid)).toBe(false);
    expect(runningEmbedded(dataDir)).toBeUndefined();
  });

  test('what it knows survives kill -9 and a new start', async () => {
    const target = { temporal: { kind: 'embedded', namespace: 'default' } as const, dataDir };
    const before = await start();
    const first = await openTemporal(target, { startServer: false, say });
    await first.close();
    process.kill(before.pid, 'SIGKILL');
    await before.exited;

    await start();
    const second = await openTemporal(target, { startServer: false, say });
    const { customAttributes } = await second.link.connection.operatorService.listSearchAttributes({
      namespace: 'default',
    });
    expect(Object.keys(customAttributes)).toEqual(expect.arrayContaining(['GatehouseStatus', 'GatehouseOutcome']));
    await second.close();
  });

  test('a busy port is said, and the next free one taken', async () => {
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
    const { port } = blocker.address() as AddressInfo;
    const server = await start(port);
    expect(server.address).not.toBe(`127.0.0.1:${port}`);
    expect(said).toEqual([expect.stringContaining(`Port ${port} is busy: Temporal takes`)]);
    blocker.close();
  });

  test('the orphan of a killed predecessor is stopped before the database is opened again', async () => {
    const orphan = await start();
    // The record of a starter that is not the parent any more is what a killed predecessor leaves.
    writeRecord(dataDir, { pid: orphan.pid, owner: 999_999_999, address: orphan.address });
    const server = await start();
    expect(isAlive(orphan.pid)).toBe(false);
    expect(isAlive(server.pid)).toBe(true);
    expect(said).toEqual([expect.stringContaining(`process ${orphan.pid}`)]);
  });

  test('a data folder that a living Gatehouse uses is left alone', async () => {
    const server = await start();
    await expect(start()).rejects.toThrow(/already runs Gatehouse on the data folder .* GATEHOUSE_DATA/);
    expect(isAlive(server.pid)).toBe(true);
  });

  test('a process that took over the id of a dead server is not touched', async () => {
    const bystander = spawn('sleep', ['60']);
    writeRecord(dataDir, { pid: bystander.pid!, owner: 1, address: '127.0.0.1:1' });
    expect(runningEmbedded(dataDir)).toBeUndefined();
    await start();
    expect(isAlive(bystander.pid!)).toBe(true);
    await stopProcess(bystander.pid!, 5_000);
  });

  test('a server that cannot start shows the end of its log', async () => {
    writeFileSync(databaseFile(dataDir), 'this is not a database, and long enough to be looked at '.repeat(100));
    const failure = await start().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(EmbeddedServerError);
    expect(String(failure)).toMatch(/stopped while starting[\s\S]*not a database/);
    expect(existsSync(join(dataDir, 'temporal.pid'))).toBe(false);
  });
});
