import type { JsonObject } from '@gatehouse/sdk/contract';
import { loadPolicyFolder } from '../../src/decide/policy-folder.ts';
import { openPolicySource } from '../../src/decide/policy-source.ts';
import { parsePolicy } from '../../src/policy/index.ts';
import { action, baseline, judge, policyOf, rules } from './baseline.ts';

const read = action('read_balance', 'staging_database');

test('F08 an approval rule and a block rule both match: BLOCK, and both are in the answer', () => {
  const judgement = judge(
    action('delete_records', 'staging_database'),
    rules(`
  - { id: ask, reason: ask, match: { operation: delete }, effect: require_approval }
  - { id: allow, reason: fine, match: { action: delete_records }, effect: allow }
  - { id: never, reason: never, match: { target: '*database' }, effect: block }`),
  );
  expect(judgement).toMatchObject({ outcome: 'BLOCK', matchedRule: 'never', reason: 'never', approval: null });
  expect(judgement.matchedRules.map((rule) => rule.id)).toEqual(['never', 'ask', 'allow']);
});

describe('F10 without a usable policy nothing is allowed', () => {
  test.each([
    ['there is no policy folder', () => openPolicySource('/nonexistent/policies')],
    ['the folder has no policy file', () => openPolicySource(__dirname + '/../../sdk/src')],
  ])('%s', (_name, open) => {
    const source = open();
    const judgement = judge(read, source.current());
    source.close();
    expect(judgement).toMatchObject({ outcome: 'BLOCK', matchedRule: null, policyDigest: 'none' });
    expect(judgement.reason).toContain('There is no usable policy');
  });

  test.each([
    ['an empty set', []],
    ['an empty file', [{ path: 'a.yaml', text: '' }]],
    ['a file without rules', [{ path: 'a.yaml', text: 'version: 1\nname: a\nrules: []' }]],
    ['a file that cannot be read', [{ path: 'a.yaml', text: 'version: [1' }]],
    [
      'a sound file beside a broken one',
      [
        { path: 'a.yaml', text: 'nonsense' },
        { path: 'b.yaml', text: SOUND() },
      ],
    ],
  ])('%s is not a policy', (_name, files) => {
    expect(parsePolicy(files)).toMatchObject({ ok: false });
  });

  test('an exception in the engine is a BLOCK that says so', () => {
    const { policy } = baseline();
    const hostile = new Proxy<JsonObject>(
      {},
      {
        ownKeys() {
          throw new Error('trap');
        },
      },
    );
    expect(judge({ ...read, context: hostile }, { ok: true, policy })).toMatchObject({
      outcome: 'BLOCK',
      reason: expect.stringContaining('trap') as string,
      policyDigest: policy.digest,
    });
  });

  test('arguments that nest too deep to be looked through are not allowed', () => {
    let context: JsonObject = {};
    for (let depth = 0; depth < 50_000; depth++) context = { inner: context };
    expect(judge({ ...read, context }, baseline()).outcome).not.toBe('ALLOW');
  });
});

describe('a condition that cannot be told counts against the action', () => {
  const whenMissing = (effect: string): string =>
    `  - { id: r, reason: r, match: { action: read_balance }, when: args.limit > 5, effect: ${effect} }\n` +
    `  - { id: reads, reason: reads, match: { operation: read }, effect: allow }`;

  test.each([
    ['block', 'BLOCK'],
    ['require_approval', 'REQUIRE_APPROVAL'],
    ['allow', 'REQUIRE_APPROVAL'],
  ])('a rule that would %s gives %s', (effect, outcome) => {
    const judgement = judge(read, rules(whenMissing(effect)));
    expect(judgement).toMatchObject({ outcome, matchedRule: 'r' });
    expect(judgement.reason).toContain('could not be told');
  });
});

test('an unknown operation is allowed only by a rule that names the type in full', () => {
  const frobnicate = action('frobnicate', 'dev_box');
  const all = rules(`  - { id: dev, reason: dev, match: { target: 'dev_*', action: '*' }, effect: allow }`);
  const named = rules(`  - { id: dev, reason: dev, match: { action: frobnicate }, effect: allow }`);
  expect(judge(frobnicate, all).outcome).toBe('BLOCK');
  expect(judge(frobnicate, named).outcome).toBe('ALLOW');
});

test('the policy in force is named in every decision', () => {
  expect(judge(read, loadPolicyFolder(__dirname + '/../../policies') as ReturnType<typeof baseline>).policyDigest).toBe(
    baseline().policy.digest,
  );
  expect(policyOf(SOUND()).policy.digest).not.toBe(baseline().policy.digest);
});

function SOUND(): string {
  return 'version: 1\nname: b\nrules: [{ id: reads, reason: r, match: { operation: read }, effect: allow }]';
}
