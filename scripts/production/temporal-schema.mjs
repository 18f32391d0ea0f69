import { run } from './run.mjs';

/**
 * Brings both databases of Temporal to the schema of its server, as the schema job of docker-compose.yml does. The schema
 * is the one that the tool carries, so that it always fits the server.
 * @param {{ sqlTool: string, postgres: { port: number, user: string, password: string } }} options
 */
export async function applyTemporalSchema({ sqlTool, postgres }) {
  const env = { ...process.env, SQL_PASSWORD: postgres.password };
  const connection = ['--plugin', 'postgres12', '--ep', '127.0.0.1', '-p', String(postgres.port), '-u', postgres.user];
  const apply = async (database, schema) => {
    const tool = (...args) => run(sqlTool, [...connection, '--db', database, ...args], { env });
    await tool('create');
    await tool('setup-schema', '-v', '0.0');
    await tool('update-schema', '--schema-name', `postgresql/v12/${schema}`);
  };
  await Promise.all([apply('temporal', 'temporal'), apply('temporal_visibility', 'visibility')]);
}
