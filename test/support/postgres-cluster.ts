import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { freePort } from '../../src/temporal/ports.ts';

export interface Cluster {
  /** The maintenance database, as a user that may create others. */
  url: string;
  /** Starts the server anew on the same data: `fast` ends sessions in order, `immediate` is a crash. */
  restart(mode: 'fast' | 'immediate'): void;
  stop(): void;
}

const DEBIAN = ['18', '17', '16', '15'].map((version) => `/usr/lib/postgresql/${version}/bin`);

/** Starts a throw-away PostgreSQL in a temporary folder, or answers undefined where PostgreSQL is not installed. */
export async function startCluster(): Promise<Cluster | undefined> {
  const bin = postgresBin();
  if (bin === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-postgres-'));
  const data = join(folder, 'data');
  const port = await freePort(0);
  const run = runner(folder);
  run(join(bin, 'initdb'), ['-D', data, '-U', 'gatehouse', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']);
  const server = ['-c listen_addresses=127.0.0.1', `-c port=${port}`, `-c unix_socket_directories=${folder}`];
  // It is thrown away after the run: what a power cut would lose does not matter, and commits cost less.
  const options = [...server, '-c fsync=off', '-c max_connections=200'].join(' ');
  run(join(bin, 'pg_ctl'), ['-D', data, '-o', options, '-l', join(folder, 'log'), '-w', 'start']);
  return {
    url: `postgres://gatehouse@127.0.0.1:${port}/postgres`,
    restart: (mode) => run(join(bin, 'pg_ctl'), ['-D', data, '-m', mode, '-l', join(folder, 'log'), '-w', 'restart']),
    stop: () => {
      run(join(bin, 'pg_ctl'), ['-D', data, '-m', 'immediate', '-w', 'stop']);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function postgresBin(): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...DEBIAN];
  // Debian keeps pg_ctl out of PATH, and a link to postgres alone does not help.
  return folders.find((folder) => ['initdb', 'pg_ctl', 'postgres'].every((tool) => existsSync(join(folder, tool))));
}

// PostgreSQL refuses to run as root, so as root the commands run as the user that its package made, or as nobody.
function runner(folder: string): (command: string, args: string[]) => void {
  const asRoot = process.getuid?.() === 0;
  const user = asRoot ? unprivilegedUser() : undefined;
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  return (command, args) => {
    // Not piped: the server inherits these, and a pipe would stay open as long as it lives.
    const ids = user === undefined ? {} : { uid: user.uid, gid: user.gid };
    const env = { ...process.env, PATH: `${dirname(command)}${delimiter}${process.env['PATH'] ?? ''}`, HOME: folder };
    const { status, error } = spawnSync(command, args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      cwd: folder,
      env,
      ...ids,
    });
    if (status !== 0)
      throw new Error(`${command} ${args.join(' ')} failed: ${error?.message ?? `exit ${String(status)}`}`);
  };
}

function unprivilegedUser(): { uid: number; gid: number } {
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout.trim());
    if (uid !== undefined && gid !== undefined && uid !== '' && gid !== '')
      return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error('PostgreSQL will not run as root, and there is neither a user postgres nor nobody');
}
