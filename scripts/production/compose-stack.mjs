import { mkdir, symlink } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startChild } from './child.mjs';
import { interpolate, readComposeFile } from './compose-file.mjs';
import { freePorts } from './ports.mjs';
import { startPostgres } from './postgres.mjs';
import { run } from './run.mjs';
import { findServerBinaries, serverModuleFolder } from './server-binaries.mjs';
import { untilServing } from './temporal-server.mjs';

const DEPLOY = fileURLToPath(new URL('../../deploy', import.meta.url));

/**
 * Starts the services of docker-compose.yml that are not ours as they are written there, without containers: the same
 * scripts and the same environment; only addresses and paths are this machine's. Needs psql and our build in dist/.
 * @param {{ dir: string, log?: (line: string) => void }} options
 * @returns where they are, the secrets that were made for them, and every service of the file with its variables filled in
 */
export async function startComposeStack({ dir, log = () => undefined }) {
  const binaries = await findServerBinaries(log);
  const tools = await toolFolder({ dir, sqlTool: binaries.sqlTool, log });
  const secret = () => randomBytes(24).toString('hex');
  const values = {
    POSTGRES_PASSWORD: secret(),
    TEMPORAL_DB_PASSWORD: secret(),
    GATEHOUSE_DB_PASSWORD: secret(),
    GATEHOUSE_VERDICT_KEY_FILE: join(dir, 'verdict-key.pem'),
  };
  const { services } = interpolate(await readComposeFile(), values);
  const base = { PATH: [tools, process.env.PATH].join(delimiter), HOME: dir };
  const script = (path, env) => run('/bin/sh', [join(DEPLOY, path)], { env: { ...base, ...env } });

  const started = [];
  const stop = async () => {
    for (const part of started.splice(0).reverse()) await part.stop();
  };
  try {
    const postgres = await startPostgres({ dir, databases: [], password: values.POSTGRES_PASSWORD });
    started.push(postgres);
    const access = { PGHOST: '127.0.0.1', PGPORT: String(postgres.port), PGPASSWORD: postgres.password };
    await script('postgres/10-databases.sh', { ...services.postgresql.environment, ...access });
    log('deploy/postgres made the databases.');

    const schemaDir = join(await serverModuleFolder(), 'schema', 'postgresql', 'v12');
    const at = { SQL_HOST: '127.0.0.1', SQL_PORT: String(postgres.port), SCHEMA_DIR: schemaDir };
    for (const time of ['first', 'second']) {
      await script('temporal/setup-schema.sh', { ...services['temporal-schema'].environment, ...at });
      log(`The ${time} run of the schema job succeeded.`);
    }

    const temporal = await startServer({
      dir,
      server: binaries.server,
      postgres,
      environment: services.temporal.environment,
    });
    started.push(temporal);
    log(`The Temporal server runs at ${temporal.address} with the environment of docker-compose.yml.`);
    for (const time of ['first', 'second']) {
      const job = { ...services['temporal-namespace'].environment, TEMPORAL_ADDRESS: temporal.address };
      await script('temporal/create-namespace.sh', job);
      log(`The ${time} run of the namespace job succeeded.`);
    }
    return { address: temporal.address, postgresPort: postgres.port, values, services, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The server reads the same template as its image; only where things are differs. */
async function startServer({ dir, server, postgres, environment }) {
  const names = ['FRONTEND', 'HISTORY', 'MATCHING', 'WORKER'];
  const [http, ...ports] = await freePorts(9);
  const env = {
    ...environment,
    POSTGRES_SEEDS: '127.0.0.1',
    DB_PORT: String(postgres.port),
    BIND_ON_IP: '127.0.0.1',
    DYNAMIC_CONFIG_FILE_PATH: join(DEPLOY, 'temporal', 'dynamicconfig.yaml'),
    FRONTEND_HTTP_PORT: String(http),
    ...Object.fromEntries(names.map((name, index) => [`${name}_GRPC_PORT`, String(ports[index * 2])])),
    ...Object.fromEntries(names.map((name, index) => [`${name}_MEMBERSHIP_PORT`, String(ports[index * 2 + 1])])),
  };
  const child = startChild(server, ['start'], {
    name: 'The Temporal server',
    logFile: join(dir, 'temporal.log'),
    cwd: dir,
    env: { PATH: process.env.PATH, ...env },
  });
  const address = `127.0.0.1:${ports[0]}`;
  try {
    await child.readyWhen(untilServing(address));
  } catch (error) {
    await child.stop();
    throw error;
  }
  return { address, stop: () => child.stop() };
}

/** The commands of the admin-tools image under their names there. */
async function toolFolder({ dir, sqlTool, log }) {
  const { resolveTemporalBinary } = await import('../../dist/temporal/binary.js');
  const folder = join(dir, 'bin');
  await mkdir(folder, { recursive: true });
  await symlink(sqlTool, join(folder, 'temporal-sql-tool'));
  await symlink(await resolveTemporalBinary({ env: process.env, say: log }), join(folder, 'temporal'));
  return folder;
}
