import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { defineExecutor } from '../../src/activities/executors/index.ts';
import { startWorker } from '../../src/cli/serve/worker.ts';
import type { ArchivedEntry } from '../../src/reconcile/archive.ts';
import type { Story } from '../../src/reconcile/story.ts';
import { readSettings } from '../../src/settings.ts';
import { readTimeline } from '../../src/store/events.ts';
import { dataConverters } from '../../src/temporal/data-converter.ts';
import { runCli, type Ran } from '../cli/support/run-cli.ts';
import { ask, ended, giveVerdict } from '../support/asking.ts';
import { payloadKeysFile, payloadKeysOf } from '../support/payload-keys.ts';
import { WORD_POLICY } from '../support/policies.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { testTemporal } from '../support/temporal.ts';

const SECRET = 'hunter2-in-the-arguments';
const COMMENT = 'looked-at-the-secret';

const charge = defineExecutor({
  name: 'charge',
  taskQueue: `charge-${randomUUID()}`,
  actions: ['held_charge'],
  input: z.strictObject({ secret: z.string() }),
  timeoutSeconds: 10,
  run: () => Promise.resolve({ charged: true }),
});

const oldKey = payloadKeysFile('old-key');
const newKey = payloadKeysFile('new-key');
const rotated = payloadKeysOf(newKey, oldKey);

let stack: Stack;
/** Asked, approved, run and archived under the old key. */
let actionId: string;

beforeAll(async () => {
  stack = await startStack({
    policy: { 'words.yaml': WORD_POLICY },
    executors: [charge],
    store: 'sqlite',
    // As in the first step of an exchange: the new key decrypts already.
    env: { GATEHOUSE_PAYLOAD_KEYS: payloadKeysOf(oldKey, newKey) },
  });
  actionId = await approved();
  expect((await run(oldKey, 'archive', '--after', '0')).code).toBe(0);
}, 180_000);
afterAll(() => stack.stop());

/** Runs `gatehouse audit` with the keys of a file, or with none. */
function run(keys: string | null, ...args: string[]): Promise<Ran> {
  return runIn(testTemporal().namespace, keys, ...args);
}

function runIn(namespace: string, keys: string | null, ...args: string[]): Promise<Ran> {
  const env = {
    GATEHOUSE_DATA: stack.dataDir,
    GATEHOUSE_TASK_QUEUE: stack.core.settings.taskQueue,
    GATEHOUSE_ARCHIVE: 'archive',
    TEMPORAL_ADDRESS: testTemporal().address,
    TEMPORAL_NAMESPACE: namespace,
    ...(keys === null ? {} : { GATEHOUSE_PAYLOAD_KEYS: keys }),
  };
  return runCli(['audit', ...args], { cwd: stack.dataDir, env });
}

/** Runs an action through a question to its end, and returns its id. */
async function approved(): Promise<string> {
  const asked = await ask(stack, 'held_charge', { context: { secret: SECRET }, more: { mode: 'executor' } });
  expect((await giveVerdict(stack, asked, 'approve', { comment: COMMENT })).status).toBe(200);
  expect((await ended(stack, asked.actionId)).status).toBe('succeeded');
  await stack.client.workflow.getHandle(asked.actionId).result();
  return asked.actionId;
}

async function storyOf(of: string, keys: string | null, ...more: string[]): Promise<Story> {
  const { out, code } = await run(keys, 'story', of, '--json', ...more);
  expect(code).toBe(0);
  return JSON.parse(out) as Story;
}

/** What the history says, without the record, which is not encrypted. */
function historyOf({ lines }: Story): string {
  return JSON.stringify(lines.filter(({ from }) => from === 'history'));
}

async function entryOf(of: string): Promise<ArchivedEntry> {
  const entry = (await readTimeline(stack.core.store.db, of)).find(({ kind }) => kind === 'archived');
  return entry?.data as unknown as ArchivedEntry;
}

const missing = (keyId: string) => ({ code: 'payload_key_missing', keyId, payloads: expect.any(Number) as number });

it('what was encrypted lies encrypted in the archive, and the hash on record is over that', async () => {
  const { name, sha256 } = await entryOf(actionId);
  const bytes = readFileSync(path.join(stack.dataDir, 'archive', name));
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  const laidOpen = [...bytes.toString().matchAll(/"data": ?"([A-Za-z0-9+/=]*)"/g)].map(([, data = '']) =>
    Buffer.from(data, 'base64').toString('latin1'),
  );
  expect(laidOpen.length).toBeGreaterThan(5);
  for (const text of [SECRET, COMMENT]) expect([bytes.toString(), ...laidOpen].join()).not.toContain(text);
});

it.each([
  ['the key that encrypted it', oldKey],
  ['a new key that encrypts and the old one that decrypts', rotated],
])('a story is told whole from an encrypted archive with %s', async (_what, keys) => {
  const archived = await storyOf(actionId, keys, '--offline');
  expect(archived.history).toMatchObject({ from: 'archive', sha256: (await entryOf(actionId)).sha256, unreadable: [] });
  for (const text of [SECRET, COMMENT, 'held_charge']) expect(historyOf(archived)).toContain(text);
  expect(archived.lines).toEqual((await storyOf(actionId, keys)).lines);
});

it.each([
  ['the new key alone', newKey],
  ['no key at all', null],
])('a story with %s has its record and its steps, and names the key that is missing', async (_what, keys) => {
  for (const where of [['--offline'], []]) {
    const story = await storyOf(actionId, keys, ...where);
    expect(story.history?.unreadable).toEqual([missing('old-key')]);
    const said = story.lines.map(({ from, what }) => `${from}: ${what}`);
    for (const what of ['record: verdict', 'history: update review', 'history: step settle'])
      expect(said).toContain(what);
    expect(story.lines.find(({ what }) => what === 'workflow started')?.data).toEqual({
      gatehouseUnreadable: { code: 'payload_key_missing', keyId: 'old-key' },
    });
    expect(historyOf(story)).not.toContain(SECRET);
  }
  const { err } = await run(keys, 'story', actionId, '--offline');
  expect(err).toMatch(/payload_key_missing: \d+ payloads .* "old-key", which is not in GATEHOUSE_PAYLOAD_KEYS/);
});

it('of a history that began under one key and went on under another, each part is told that has its key', async () => {
  const { payloads } = readSettings({ GATEHOUSE_PAYLOAD_KEYS: rotated });
  const { link } = stack;
  const asked = await ask(stack, 'held_word', { context: { secret: SECRET } });
  await stack.stopWorker();
  const data = dataConverters(payloads, link.namespace);
  const restarted = await startWorker(stack.core, { ...link, data }, testTemporal().bundlePath);
  expect((await giveVerdict(stack, asked, 'reject')).status).toBe(200);
  await stack.client.workflow.getHandle(asked.actionId).result();
  await restarted.stop();
  // Without any key: whoever archives needs none.
  expect(JSON.parse((await run(null, 'archive', '--after', '0', '--json')).out)).toMatchObject({ archived: 1 });
  expect((await storyOf(asked.actionId, rotated, '--offline')).history?.unreadable).toEqual([]);
  const partly = await storyOf(asked.actionId, newKey, '--offline');
  expect(partly.history?.unreadable).toEqual([missing('old-key')]);
  expect(partly.lines.find(({ what }) => what === 'workflow completed')?.data).toMatchObject({ status: 'rejected' });
});

it('what was encrypted for another namespace is not shown, and called refused', async () => {
  const { out } = await runIn('elsewhere', oldKey, 'story', actionId, '--offline', '--json');
  const { history } = JSON.parse(out) as Story;
  expect(history?.unreadable).toEqual([{ ...missing('old-key'), code: 'payload_refused' }]);
});

it('an evidence pack from an encrypted archive has the verdicts with the key, and says without it that it has not', async () => {
  const whole = await run(rotated, 'pack', actionId, '--offline');
  expect(whole.out).toContain('The signature is over exactly this verdict');
  const without = await run(newKey, 'pack', actionId, '--offline');
  expect([without.code, without.err]).toEqual([0, expect.stringContaining('payload_key_missing')]);
  expect(without.out).toContain('A verdict cannot be shown. payload_key_missing: encrypted with the key old-key');
  expect(without.out).not.toContain('The signature is over exactly this verdict');
});
