// An agent in a process of its own, which can be killed in the middle of anything. Its callbacks have real effects.
import { appendFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'libsql';
import { GateUnavailableError, Gatehouse, type RunInfo } from '@gatehouse/sdk';
import { setClockShift } from '../../test/support/wrong-clock.mjs';
import type { AgentDoors, FromAgent, ToAgent } from './agent-messages.ts';
import { KINDS, type Kind, type Wish } from './wishes.ts';

const say = (message: FromAgent) => void process.send?.(message);
const OUTAGE_MS = 200;

process.on('disconnect', () => process.exit(0));
let agent: { doors: AgentDoors; gate: Gatehouse; effects: Database.Database } | undefined;
process.on('message', (message: ToAgent) => {
  if ('doors' in message) {
    const { url, apiKey, database } = message.doors;
    const effects = new Database(database);
    effects.pragma('busy_timeout = 5000');
    const retry = { attempts: 100, baseMs: 50, maxMs: 400 };
    const gate = new Gatehouse({ url, apiKey, timeoutMs: 5_000, retry, onWarning: () => undefined });
    agent = { doors: message.doors, gate, effects };
    say({ ready: true });
    return;
  }
  if ('clockShiftMs' in message) {
    setClockShift(message.clockShiftMs);
    return;
  }
  for (const wish of message.wishes) void act(wish).then((end) => say({ key: wish.key, end }));
});

/** Asks for one action until it has an end. What is an outage is asked again; what is an answer is the end. */
async function act({ key, kind }: Wish): Promise<string> {
  if (agent === undefined) throw new Error('The agent has no doors yet');
  const { gate } = agent;
  const onPending = ({ actionId }: { actionId: string }) => say({ held: actionId });
  for (;;) {
    try {
      const options = { idempotencyKey: key, onPending };
      if (KINDS[kind].by === 'executor') await gate.run(kind, 'anything', { key }, options);
      else await gate.guard(kind, 'anything', { key }, (_, info) => effect(kind, info), options);
      return 'ran';
    } catch (error) {
      if (!(error instanceof GateUnavailableError)) return error instanceof Error ? error.name : String(error);
      await pause(OUTAGE_MS);
    }
  }
}

class ThrownOnPurpose extends Error {
  override readonly name = 'ThrownOnPurpose';
}

async function effect(kind: Kind, { actionId }: RunInfo): Promise<void> {
  if (agent === undefined) throw new Error('The agent has no doors yet');
  const { doors, effects } = agent;
  appendFileSync(doors.journal, `${actionId}\n`);
  if (kind === 'read_throws') throw new ThrownOnPurpose('as it was asked to');
  if (kind === 'read_file') appendFileSync(doors.file, `${actionId}\n`);
  else if (kind === 'read_http') {
    await fetch(`${doors.target}/called`, { method: 'POST', headers: { 'idempotency-key': actionId } });
  } else {
    effects.prepare('insert into effects values (?, 1) on conflict (id) do update set times = times + 1').run(actionId);
  }
}
