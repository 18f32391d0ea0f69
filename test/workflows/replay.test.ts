import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { startStack } from '../support/stack.ts';
import { testTemporal } from '../support/temporal.ts';
import { WORD_POLICY } from '../support/policies.ts';
import { PATH_EXECUTORS, PLAIN_PATHS, type Path } from './support/paths.ts';
import { TERMS_PATHS, TERMS_POLICY } from './support/terms-paths.ts';

/** Every way that an action can go, by name. */
const PATHS: Record<string, Path> = { ...PLAIN_PATHS, ...TERMS_PATHS };
const HISTORIES = join(import.meta.dirname, 'histories');
const MOST_BYTES = 40_000;

interface History {
  events: { eventType: string; [attributes: string]: unknown }[];
}

/**
 * With RECORD_HISTORIES=1 every path that has no history gets one, from a real server, before all are replayed. Those that
 * are there stay as they are: they stand for the actions that earlier versions left open.
 */
async function record(): Promise<void> {
  mkdirSync(HISTORIES, { recursive: true });
  const policy = { 'words.yaml': WORD_POLICY, 'terms.yaml': TERMS_POLICY };
  const stack = await startStack({ policy, executors: PATH_EXECUTORS });
  try {
    for (const [name, path] of Object.entries(PATHS)) {
      if (existsSync(join(HISTORIES, `${name}.json`))) continue;
      const handle = stack.client.workflow.getHandle(await path(stack));
      await handle.result();
      const history = JSON.parse(historyToJSON(await handle.fetchHistory())) as History;
      writeFileSync(join(HISTORIES, `${name}.json`), `${JSON.stringify(history, withoutMachine)}\n`);
    }
  } finally {
    await stack.stop();
  }
}

/** Which machine and process recorded it matters to nobody; sticky task queues are named after them too. */
function withoutMachine(key: string, value: unknown): unknown {
  if (key === 'identity') return 'recorder';
  if (key === 'stackTrace') return '';
  // With the sign before it, so that nothing inside of an encoded payload is taken for a name.
  return typeof value === 'string' ? value.replaceAll(`@${hostname()}`, '@recorder') : value;
}

function read(name: string): History {
  return JSON.parse(readFileSync(join(HISTORIES, `${name}.json`), 'utf8')) as History;
}

function replay(history: History): Promise<void> {
  return Worker.runReplayHistory({ workflowBundle: { codePath: testTemporal().bundlePath } }, history, 'act_replayed');
}

beforeAll(async () => {
  if (process.env['RECORD_HISTORIES'] === '1') await record();
  else Runtime.install({ logger: new DefaultLogger('ERROR') });
}, 300_000);

it('every path through the workflow has its history, and no other is kept', () => {
  expect(readdirSync(HISTORIES).sort()).toEqual(
    Object.keys(PATHS)
      .map((name) => `${name}.json`)
      .sort(),
  );
});

it.each(Object.keys(PATHS))('F30 the workflow as it is now replays the history "%s"', async (name) => {
  const file = join(HISTORIES, `${name}.json`);
  expect(existsSync(file)).toBe(true);
  expect(readFileSync(file).byteLength).toBeLessThan(MOST_BYTES);
  await replay(read(name));
});

it('a history of a workflow that took another way does not replay', async () => {
  const history = read('allowed-succeeded');
  // As if the workflow of that time had started a timer of its own where this one decides.
  const decided = history.events.findIndex((event) => event.eventType === 'EVENT_TYPE_MARKER_RECORDED');
  const marker = history.events[decided];
  expect(marker).toBeDefined();
  const { markerRecordedEventAttributes, ...rest } = marker!;
  expect(markerRecordedEventAttributes).toBeDefined();
  history.events[decided] = {
    ...rest,
    eventType: 'EVENT_TYPE_TIMER_STARTED',
    timerStartedEventAttributes: { timerId: '77', startToFireTimeout: '1s', workflowTaskCompletedEventId: '4' },
  };
  await expect(replay(history)).rejects.toBeInstanceOf(DeterminismViolationError);
});
