import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { GuardAnswer, Json, JsonObject, Mode, Tool } from '@gatehouse/sdk/contract';
import { isFinal } from '@gatehouse/sdk/contract';
import { GateProblem } from '../decide/problem.ts';
import { toActionRequest } from '../decide/request.ts';
import type { ActionRequest, DecisionInput, ExecutorManifest, Standing } from '../workflows/messages.ts';
import { actionIdFor } from './action-id.ts';
import { errorOf } from './errors.ts';
import { TemporalGate } from './temporal-gate.ts';

export interface TemporalAgentOptions {
  client: Client;
  /** Who this agent is. Inside the trust zone the gate takes its word for it. */
  agent: string;
  taskQueue?: string;
  permitSeconds?: number;
  leaseSeconds?: number;
}

export interface TemporalCallOptions {
  idempotencyKey?: string;
  purpose?: string;
  /** The conversation or run that the action belongs to. */
  session?: string;
  /** Labels that rules may match. */
  tags?: string[];
  /** The tool that is called, as its server describes it. */
  tool?: Tool;
  /** Called once when people are asked. */
  onPending?: (answer: GuardAnswer) => void | Promise<void>;
}

const FIRST_LOOK_MS = 200;
const LAST_LOOK_MS = 5_000;
const MINUTE_SECONDS = 60;

/**
 * The gate for agents inside the trust zone, which hold a Temporal client and no key: the same protocol as over HTTP, by
 * update-with-start. Errors are those of the SDK.
 */
export class TemporalAgent {
  readonly gate: TemporalGate;

  constructor(private readonly options: TemporalAgentOptions) {
    this.gate = new TemporalGate(options.client, options.taskQueue ?? 'gatehouse');
  }

  /** Asks for a decision and claims nothing. */
  async decide(
    type: string,
    target: string,
    context: JsonObject,
    options: TemporalCallOptions = {},
  ): Promise<GuardAnswer> {
    const request = this.request({ type, target, context }, 'permit', null, options);
    return this.gate.decision(request, inputOf(request, null));
  }

  /**
   * Runs `run` once the gate allows the action, with the approved arguments, and resolves with what it returned.
   * Called again with the same key, it re-attaches.
   */
  async guard<Result>(
    type: string,
    target: string,
    context: JsonObject,
    run: (args: JsonObject) => Result | Promise<Result>,
    options: TemporalCallOptions = {},
  ): Promise<Result> {
    const request = this.request({ type, target, context }, 'permit', null, options);
    const answer = await this.obtain(request, options);
    const claimId = answer.permit?.claimId ?? null;
    if (answer.permit?.granted !== true || claimId === null) throw await this.endOf(request.actionId);
    const report = (status: 'succeeded' | 'failed', error: string | null) =>
      this.gate.report(request.actionId, { claimId, status, result: null, error });
    let result: Result;
    try {
      result = await run(answer.arguments);
    } catch (error) {
      await report('failed', error instanceof Error ? `${error.name}: ${error.message}` : String(error));
      throw error;
    }
    await report('succeeded', null);
    return result;
  }

  /** Has an executor run the action and resolves with its result. */
  async run(
    type: string,
    target: string,
    context: JsonObject,
    executor: ExecutorManifest,
    options: TemporalCallOptions = {},
  ): Promise<Json> {
    const request = this.request({ type, target, context }, 'executor', executor, options);
    try {
      const answer = await this.gate.decision(request, inputOf(request, null));
      if (answer.status === 'held') await options.onPending?.(answer);
    } catch (error) {
      if (!(error instanceof GateProblem) || error.code !== 'already_settled') throw error;
    }
    const end = await this.gate.result(request.actionId);
    if (end.status !== 'succeeded') throw errorOf(request.actionId, end);
    return end.result === null ? null : (JSON.parse(end.result) as Json);
  }

  private async obtain(request: ActionRequest, options: TemporalCallOptions): Promise<GuardAnswer> {
    const claimId = randomUUID();
    const input = inputOf(request, claimId);
    let told = false;
    for (let pause = FIRST_LOOK_MS; ; pause = Math.min(pause * 2, LAST_LOOK_MS)) {
      let answer: GuardAnswer;
      try {
        answer = await this.gate.decision(request, input);
      } catch (error) {
        if (error instanceof GateProblem && error.code === 'already_settled') throw await this.endOf(request.actionId);
        throw error;
      }
      if (answer.permit?.granted === true || isFinal(answer.status)) return answer;
      if (answer.status === 'held' && !told) {
        told = true;
        await options.onPending?.(answer);
      }
      await this.untilMoved(request.actionId, answer.status, pause);
    }
  }

  /** Looks by query, which leaves nothing in the history, until the action stands elsewhere. */
  private async untilMoved(actionId: string, status: string, firstPause: number): Promise<void> {
    for (let pause = firstPause; ; pause = Math.min(pause * 2, LAST_LOOK_MS)) {
      await sleep(pause);
      const { standing } = await this.gate.state(actionId);
      if (standing?.status !== status || status === 'permitted') return;
    }
  }

  private async endOf(actionId: string): Promise<Error> {
    const end: Standing = await this.gate.result(actionId);
    return errorOf(actionId, end);
  }

  private request(
    action: { type: string; target: string; context: JsonObject },
    mode: Mode,
    executor: ExecutorManifest | null,
    { idempotencyKey, purpose, session, tags, tool }: TemporalCallOptions,
  ): ActionRequest {
    const { agent, permitSeconds = MINUTE_SECONDS, leaseSeconds = 5 * MINUTE_SECONDS } = this.options;
    const actionId = actionIdFor(agent, idempotencyKey);
    const requestedAt = Date.now();
    return toActionRequest({
      ...action,
      actionId,
      agent,
      purpose,
      session,
      tags,
      tool,
      requestedAt,
      mode,
      permitSeconds,
      leaseSeconds,
      executor,
    });
  }
}

function inputOf({ digest, requestId }: ActionRequest, claimId: string | null): DecisionInput {
  return { digest, requestId, claimId };
}
