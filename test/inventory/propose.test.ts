import { parse } from 'yaml';
import { classify } from '../../src/classify/index.ts';
import type { ToolDefinition } from '../../src/decide/tool-digest.ts';
import { callOf, judgeCapability } from '../../src/inventory/judge-capability.ts';
import { idOf, proposePolicy } from '../../src/inventory/propose.ts';
import { parsePolicy } from '../../src/policy/index.ts';

const tool = (name: string, description = ''): ToolDefinition => ({ name, description });

async function propose(server: string, ...tools: ToolDefinition[]) {
  const proposed = tools.map((definition) => {
    const suspicious = definition.description?.includes('\u202e') === true;
    return { definition, classification: classify(callOf(server, definition)), suspicious };
  });
  const { policy, tests } = await proposePolicy(server, proposed);
  const parsed = parsePolicy([{ path: 'proposed.yaml', text: policy }]);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join('\n'));
  const { cases } = parse(tests) as { cases: { name: string; expect: { outcome: string } }[] };
  const judged = async (definition: ToolDefinition): Promise<string> =>
    (await judgeCapability(server, definition, parsed)).outcome;
  return { outcomes: Object.fromEntries(cases.map(({ name, expect: { outcome } }) => [name, outcome])), judged };
}

test('reads are allowed, changes asked, what destroys is blocked, and each tool has a case that says so', async () => {
  const { outcomes } = await propose(
    'crm',
    tool('get_user'),
    tool('create_user'),
    tool('delete_user'),
    tool('frobnicate'),
    tool('read_secret'),
  );
  expect(outcomes).toEqual({
    get_user: 'ALLOW',
    create_user: 'REQUIRE_APPROVAL',
    delete_user: 'BLOCK',
    frobnicate: 'REQUIRE_APPROVAL',
    read_secret: 'REQUIRE_APPROVAL',
  });
});

test('a read whose description hides something waits for a person', async () => {
  const { outcomes } = await propose('crm', tool('get_user', 'Get a user. \u202etxet neddih'));
  expect(outcomes).toEqual({ get_user: 'REQUIRE_APPROVAL' });
});

test('a name that would be a pattern opens no door to other tools', async () => {
  const { outcomes, judged } = await propose('crm', tool('get_*'), tool('get_user'));
  expect(outcomes).toEqual({ get_user: 'ALLOW' });
  expect(await judged(tool('get_invoice'))).toBe('BLOCK');
});

test('a tool that turns into something else falls out of the rule that allowed it', async () => {
  const { judged } = await propose('crm', tool('get_user', 'Get a user.'));
  expect(await judged(tool('get_user', 'Get a user.'))).toBe('ALLOW');
  expect(await judged(tool('get_user', 'Deletes a user.'))).toBe('BLOCK');
});

test.each([
  ['Users API (v2)', 'users-api-v2'],
  ['Ünïcode', 'u-ni-code'],
  ['///', 'server'],
  ['x'.repeat(200), 'x'.repeat(80)],
])('the server %j gives its rules the id %j', (server, id) => {
  expect(idOf(server)).toBe(id);
});
