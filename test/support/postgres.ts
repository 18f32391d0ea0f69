import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

/** Where tests make their databases, or undefined when PostgreSQL is not installed (the setup has said so). */
export function testPostgres(): string | undefined {
  const url = process.env['GATEHOUSE_TEST_POSTGRES'];
  return url === undefined || url === '' ? undefined : url;
}

/** `describe` where PostgreSQL is there, `describe.skip` where it is not. With CI set, the setup fails instead. */
export const describeWithPostgres: jest.Describe = testPostgres() === undefined ? describe.skip : describe;

export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/** Makes an empty database. Only call it where `testPostgres()` is there. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = testPostgres();
  if (server === undefined) throw new Error('There is no PostgreSQL here: use describeWithPostgres');
  const name = `test_${randomBytes(8).toString('hex')}`;
  await execute(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => execute(server, `drop database if exists ${name} with (force)`) };
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
