import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROLES, type Role } from '../../src/access/roles.ts';
import { EXAMPLES } from '../../src/api/openapi/examples.ts';
import type { Operation } from '../../src/api/openapi/operation.ts';
import { OPERATIONS } from '../../src/api/openapi/operations.ts';
import { keyIdOf, createKey } from '../../src/store/keys.ts';
import { ask } from '../support/asking.ts';
import { WORD_POLICY } from '../support/policies.ts';
import { startStack, type Stack } from '../support/stack.ts';

const TABLE = parse(readFileSync(join(__dirname, 'every-role.yaml'), 'utf8')) as Record<string, string>;

let stack: Stack;
const keys = new Map<Role, string>();
/** What stands for `{id}` in a path, by what the path is about. */
const ids = { actions: '', approvals: '', keys: '', other: 'not-there' };
beforeAll(async () => {
  stack = await startStack({ policy: { 'words.yaml': WORD_POLICY } });
  const { store } = stack.core;
  for (const role of ROLES)
    keys.set(role, role === 'agent' ? stack.keys.agent : await createKey(store, role, `the-${role}`));
  const { actionId, approvalId } = await ask(stack, 'held_for_all');
  const key = await createKey(store, 'agent', 'to-be-revoked');
  Object.assign(ids, { actions: actionId, approvals: approvalId ?? '', keys: keyIdOf(key) });
});
afterAll(() => stack.stop());

/** Whether a role is heard, in the way that an example of the documentation asks. */
async function hears({ method, path, body }: Operation, key: string | undefined): Promise<string> {
  const about = /^\/api\/v1\/(actions|approvals|keys)\//.exec(path)?.[1] as
    'actions' | 'approvals' | 'keys' | undefined;
  const route = path
    .replace('{id}', path.includes('inventory') ? 'github%2Fdelete_branch' : ids[about ?? 'other'])
    .replace('{digest}', 'sha256:12cd34ef')
    .replace('{code}', 'internal');
  const sent = body === undefined ? undefined : JSON.stringify((EXAMPLES as Record<string, unknown>)[body]);
  const response = await fetch(`${stack.url}${route}`, {
    method: method.toUpperCase(),
    headers: {
      accept: 'application/json',
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(sent === undefined ? {} : { body: sent }),
  });
  const text = await response.text();
  // An export is no JSON but one value a line.
  if (response.headers.get('content-type')?.includes('ndjson') === true) return 'heard';
  const { code } = JSON.parse(text) as { code?: string };
  if (response.status >= 500 && response.status !== 503) throw new Error(`${path} broke: ${String(code)}`);
  return code === 'forbidden' || code === 'unauthenticated' ? code : 'heard';
}

it('has a row for every operation, and none for what is no operation', () => {
  expect(Object.keys(TABLE).sort()).toEqual(OPERATIONS.map(({ id }) => id).sort());
});

it.each(OPERATIONS.map((operation) => [operation.id, operation] as const))(
  '%s hears exactly the roles that it is for',
  async (id, operation) => {
    const row = TABLE[id] ?? '';
    const listed = row === 'everybody' || row === 'open' ? [...ROLES] : row.split(' ');
    const expected = Object.fromEntries(ROLES.map((role) => [role, listed.includes(role) ? 'heard' : 'forbidden']));
    const found: Record<string, string> = {};
    for (const role of ROLES) found[role] = await hears(operation, keys.get(role));
    expect(found).toEqual(expected);
    expect(await hears(operation, undefined)).toBe(row === 'open' ? 'heard' : 'unauthenticated');
    expect(operation.open === true).toBe(row === 'open');
  },
);
