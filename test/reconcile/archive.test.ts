import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { GuardAnswer } from '@gatehouse/sdk/contract';
import { Worker } from '@temporalio/worker';
import { archiveSettled, type ArchivedEntry } from '../../src/reconcile/archive.ts';
import { openArchive, type ArchivePlace } from '../../src/reconcile/archive-place.ts';
import { tellStory, type StoryDeps } from '../../src/reconcile/story.ts';
import { readTimeline } from '../../src/store/events.ts';
import { WORD_POLICY } from '../support/policies.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { testTemporal } from '../support/temporal.ts';
import { PATH_EXECUTORS, PLAIN_PATHS } from '../workflows/support/paths.ts';
import { S3_KEYS, startS3StandIn, type S3StandIn } from './support/s3-stand-in.ts';

let stack: Stack;
let s3: S3StandIn;

beforeAll(async () => {
  stack = await startStack({ policy: { 'words.yaml': WORD_POLICY }, executors: PATH_EXECUTORS });
  s3 = await startS3StandIn();
});
afterAll(async () => {
  await stack.stop();
  await s3.close();
});

async function walk(name: string): Promise<string> {
  const actionId = (await PLAIN_PATHS[name]?.(stack)) ?? '';
  await stack.client.workflow.getHandle(actionId).result();
  return actionId;
}

function depsWith(place: ArchivePlace) {
  return { store: stack.core.store, client: stack.client, place, actor: 'process:test', now: () => Date.now() + 1_000 };
}

/** What tells a story where nothing is encrypted. */
function storyDeps(client: Stack['client'] | null, place: ArchivePlace): StoryDeps {
  return { store: stack.core.store, client, place, opener: { namespace: stack.link.namespace, codecs: [] } };
}

async function entryOf(actionId: string): Promise<ArchivedEntry> {
  const entries = (await readTimeline(stack.core.store.db, actionId)).filter(({ kind }) => kind === 'archived');
  expect(entries).toHaveLength(1);
  return entries[0]?.data as unknown as ArchivedEntry;
}

describe('an archive in a folder', () => {
  let folder: string;
  let place: ArchivePlace;

  beforeAll(async () => {
    folder = path.join(stack.dataDir, 'archive');
    place = await openArchive({ kind: 'folder', path: folder }, {});
  });

  it('gets the whole history of what is over, once, with its hash on record, and it replays', async () => {
    const over = [await walk('held-approved'), await walk('executor-succeeded')];
    const open = (
      await stack.call('agent', 'POST', '/api/v1/guard', {
        action: { type: 'held_word', target: 'anything', context: {} },
      })
    ).body as unknown as GuardAnswer;
    expect(await archiveSettled(depsWith(place), { afterMs: 0 })).toEqual({ archived: 2, open: [], gone: [] });
    expect(await archiveSettled(depsWith(place), { afterMs: 0, fromStart: true })).toMatchObject({ archived: 0 });
    for (const actionId of over) {
      const { name, sha256, bytes } = await entryOf(actionId);
      const file = readFileSync(path.join(folder, name));
      expect([createHash('sha256').update(file).digest('hex'), file.byteLength]).toEqual([sha256, bytes]);
      const workflowBundle = { codePath: testTemporal().bundlePath };
      await Worker.runReplayHistory({ workflowBundle }, JSON.parse(file.toString()), actionId);
    }
    expect((await readTimeline(stack.core.store.db, open.actionId)).map(({ kind }) => kind)).not.toContain('archived');
  }, 60_000);

  it('leaves what ended a moment ago for later, and goes on where it stopped', async () => {
    const actionId = await walk('blocked');
    expect(await archiveSettled(depsWith(place), { afterMs: 3_600_000 })).toMatchObject({ archived: 0 });
    expect(await archiveSettled(depsWith(place), { afterMs: 0 })).toMatchObject({ archived: 1 });
    expect(await entryOf(actionId)).toMatchObject({ place: folder });
  });

  it('tells the story of an action that Temporal does not have, and notices when it was changed', async () => {
    const actionId = await walk('held-rejected');
    await archiveSettled(depsWith(place), { afterMs: 0 });
    const live = await tellStory(storyDeps(stack.client, place), actionId);
    const archived = await tellStory(storyDeps(null, place), actionId);
    expect(live.history?.from).toBe('Temporal');
    expect(archived.history).toMatchObject({ from: 'archive', events: live.history?.events, unreadable: [] });
    expect(archived.lines).toEqual(live.lines);
    const said = archived.lines.map(({ from, what }) => `${from}: ${what}`);
    for (const what of [
      'record: requested',
      'history: workflow started',
      'history: update review',
      'record: rejected',
    ]) {
      expect(said).toContain(what);
    }
    const { name } = await entryOf(actionId);
    const file = path.join(folder, name);
    writeFileSync(file, readFileSync(file, 'utf8').replace('guardedAction', 'guardedActiom'));
    await expect(tellStory(storyDeps(null, place), actionId)).rejects.toThrow('is not what was archived');
  });
});

describe('an archive in an S3-compatible store', () => {
  const target = () =>
    ({ kind: 's3', bucket: 'histories', prefix: 'gate/one', endpoint: s3.endpoint, region: 'eu-central-1' }) as const;

  it('takes signed histories and gives them back', async () => {
    const place = await openArchive(target(), S3_KEYS);
    const actionId = await walk('allowed-failed');
    expect(await archiveSettled(depsWith(place), { afterMs: 0 })).toMatchObject({ archived: 1 });
    const { name, place: says } = await entryOf(actionId);
    expect(says).toBe('s3://histories/gate/one');
    expect([...s3.objects.keys()]).toEqual([`/histories/gate/one/${name}`]);
    const story = await tellStory(storyDeps(null, place), actionId);
    expect(story.history).toMatchObject({ from: 'archive' });
  });

  it('is tried again while it is slow, and what it refuses stays to be archived', async () => {
    const actionId = await walk('allowed-succeeded');
    const stranger = await openArchive(target(), { ...S3_KEYS, AWS_SECRET_ACCESS_KEY: 'wrong' });
    await expect(archiveSettled(depsWith(stranger), { afterMs: 0 })).rejects.toThrow('403');
    s3.failNext(2);
    const place = await openArchive(target(), S3_KEYS);
    expect(await archiveSettled(depsWith(place), { afterMs: 0 })).toMatchObject({ archived: 1 });
    await entryOf(actionId);
    await expect(openArchive(target(), {})).rejects.toThrow('AWS_ACCESS_KEY_ID');
  });
});
