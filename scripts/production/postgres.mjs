import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, chown, mkdir, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { delimiter, join } from 'node:path';
import pg from 'pg';
import { startChild } from './child.mjs';
import { freePorts } from './ports.mjs';
import { run } from './run.mjs';

const USER = 'postgres';

/**
 * Makes and starts a PostgreSQL cluster of its own in `dir`, on a free port of 127.0.0.1, with a password made for it
 * unless one is given. Durable as in production: fsync stays on.
 * @param {{ dir: string, databases: readonly string[], password?: string }} options the databases are created
 */
export async function startPostgres({ dir, databases, password = randomBytes(18).toString('base64url') }) {
  const bin = findPostgres();
  const owner = clusterOwner();
  const data = join(dir, 'postgres');
  const passwordFile = join(dir, 'postgres-password');

  await mkdir(data, { recursive: true, mode: 0o700 });
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (owner.uid !== undefined) {
    // Only to be walked through: the cluster's user has to reach its folder.
    await chmod(dir, 0o711);
    await chown(data, owner.uid, owner.gid);
    await chown(passwordFile, owner.uid, owner.gid);
  }
  const as = { ...owner, cwd: data };
  const access = ['--auth=scram-sha-256', `--pwfile=${passwordFile}`, `--username=${USER}`];
  await run(join(bin, 'initdb'), ['-D', data, ...access, '--encoding=UTF8', '--locale=C', '--no-instructions'], as);

  const [port] = await freePorts(1);
  let sayReady;
  const ready = new Promise((resolve) => (sayReady = resolve));
  const settings = { port, listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: 200 };
  const child = startChild(
    join(bin, 'postgres'),
    ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    {
      ...as,
      name: 'PostgreSQL',
      logFile: join(dir, 'postgres.log'),
      onLine: (line) => line.includes('ready to accept connections') && sayReady(),
    },
  );
  try {
    await child.readyWhen(ready);
    const url = (database) => `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`;
    await createDatabases(url('postgres'), databases);
    return {
      port,
      user: USER,
      password,
      url,
      pid: child.pid,
      // SIGINT is PostgreSQL's fast shutdown: it does not wait for clients to leave.
      stop: () => child.stop('SIGINT'),
    };
  } catch (error) {
    await child.stop('SIGINT');
    throw error;
  }
}

async function createDatabases(url, databases) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const name of databases) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

/** The folder that holds initdb and postgres: on PATH, else Debian's newest. */
function findPostgres() {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== ''),
    ...versions.map((version) => join(debian, version, 'bin')),
  ];
  const found = folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
  if (found === undefined) {
    throw new Error('PostgreSQL is needed: initdb and postgres are neither on PATH nor in /usr/lib/postgresql/*/bin.');
  }
  return found;
}

/** PostgreSQL refuses to run as root, so root hands the cluster to a user who may own one. */
function clusterOwner() {
  if (process.getuid?.() !== 0) return {};
  const users = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const fields = users.find((line) => line.startsWith(`${name}:`))?.split(':');
    if (fields !== undefined) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new Error(
    'PostgreSQL does not run as root, and there is neither a user postgres nor nobody. Run as another user.',
  );
}
