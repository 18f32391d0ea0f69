import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { ActionBlockedError, Gatehouse, type GuardAnswer, type RunOptions } from '@gatehouse/sdk';
import { startAction } from '../src/client/start.ts';
import { TemporalGate } from '../src/client/temporal-gate.ts';
import { now } from './clock.ts';
import { ACTIONS, FLOOR_PERMIT_SECONDS, workflowInput } from './requests.ts';
import type { Shape, Timing } from './slice.ts';

export interface Doors {
  url: string;
  relayUrl: string;
  agentKey: string;
  reviewerKey: string;
  client: Client;
  taskQueue: string;
}

export type Note = (timing: Timing, ms: number) => void;
/** Does the thing once. `due` is when it should have begun; all but the effect is timed from there. */
export type Act = (due: number, note: Note) => Promise<void>;

/** Long enough for the action's workflow to wait for the verdict, as it does when a person gives it. */
const THINK_MS = 500;

/** How each shape is done. One attempt a request: a repeat would hide a refusal. */
export function createShapes(doors: Doors): Record<Shape, Act> {
  const agent = new Gatehouse({ url: doors.url, apiKey: doors.agentKey, retry: { attempts: 1 } });
  const gate = new TemporalGate(doors.client, doors.taskQueue);
  return {
    floor: async (due, note) => {
      await startAction(doors.client, workflowInput(FLOOR_PERMIT_SECONDS), doors.taskQueue);
      note('decision', now() - due);
    },

    relay: async (due, note) => {
      const response = await fetch(doors.relayUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ action: ACTIONS.allowed }),
      });
      await response.json();
      note('decision', now() - due);
    },

    permit: async (due, note) => {
      const { type, target, context } = ACTIONS.allowed;
      await agent.guard(type, target, context, () => note('decision', now() - due));
      note('round', now() - due);
    },

    blocked: async (due, note) => {
      const { type, target, context } = ACTIONS.blocked;
      const refused = await agent
        .guard(type, target, context, () => 'ran')
        .catch((error: unknown) => {
          if (error instanceof ActionBlockedError) return 'blocked';
          throw error;
        });
      if (refused !== 'blocked') throw new Error('What should be blocked was allowed');
      note('decision', now() - due);
    },

    held: async (due, note) => {
      const { type, target, context } = ACTIONS.held;
      const review = reviewing(doors, () => note('decision', now() - due));
      const effectAt = await agent.guard(type, target, context, now, review.options);
      note('round', now() - due);
      note('effect', effectAt - (await review.sentAt()));
    },

    executor: async (due, note) => {
      const { type, target, context } = ACTIONS.held;
      const review = reviewing(doors, () => note('decision', now() - due));
      const { ranAt } = (await agent.run(type, target, context, review.options)) as { ranAt: number };
      note('round', now() - due);
      note('effect', ranAt - (await review.sentAt()));
    },

    orthodox: async (due, note) => {
      const request = workflowInput(60);
      const claimId = randomUUID();
      const answer = await gate.decision(request, { digest: request.digest, requestId: request.requestId, claimId });
      if (answer.permit?.granted !== true) throw new Error(`What should be allowed was ${answer.decision}`);
      note('decision', now() - due);
      await gate.report(request.actionId, { claimId, status: 'succeeded', result: null, error: null });
      note('round', now() - due);
    },
  };
}

/** A reviewer who approves what is held. A verdict that fails ends the agent's call too, which would wait for ever. */
function reviewing(doors: Doors, onHeld: () => void): { options: RunOptions; sentAt: () => Promise<number> } {
  const failed = new AbortController();
  let sent: Promise<number> = Promise.reject(new Error('What should be held was not'));
  sent.catch(() => undefined);
  const onPending = (answer: GuardAnswer) => {
    onHeld();
    sent = approve(doors, answer);
    sent.catch((error: unknown) => failed.abort(error));
  };
  return { options: { onPending, signal: failed.signal, cancelOnAbort: true }, sentAt: () => sent };
}

/** Approves as a reviewer over HTTP. Resolves with the moment at which the verdict was sent. */
async function approve({ url, reviewerKey }: Doors, answer: GuardAnswer): Promise<number> {
  await pause(THINK_MS);
  const sentAt = now();
  const response = await fetch(`${url}/api/v1/approvals/${answer.approvalId ?? ''}/verdict`, {
    method: 'POST',
    headers: { authorization: `Bearer ${reviewerKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ verdict: 'approve', actionDigest: answer.actionDigest }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`The verdict was refused: ${text}`);
  return sentAt;
}
