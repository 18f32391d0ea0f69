import { GateApi } from './api.ts';
import type { ActionView, ApprovalView, GuardAnswer, Json, JsonObject } from './contract/index.ts';
import { GateUnavailableError } from './errors/unavailable.ts';
import { InvalidUsageError } from './errors/usage.ts';
import { GuardFlow } from './guard-flow.ts';
import type { PreparedCall } from './guard-request.ts';
import { prepareCall } from './guard-request.ts';
import { isId } from './ids.ts';
import type { DecideOptions, GatehouseOptions, GuardOptions, RunInfo, RunOptions } from './options.ts';
import { Patience } from './patience.ts';
import type { Grant } from './permit-run.ts';
import { runUnderPermit } from './permit-run.ts';
import { runByExecutor } from './run-flow.ts';
import type { Settings } from './settings.ts';
import { resolveSettings } from './settings.ts';
import { Transport } from './transport.ts';
import { UnspentClaims } from './unspent-claims.ts';

/** An agent's door to the gate. One client serves any number of calls at once. */
export class Gatehouse {
  readonly #settings: Settings;
  readonly #transport: Transport;
  readonly #claims = new UnspentClaims();

  /** Throws `InvalidUsageError` with everything that is wrong with the options. Sends nothing yet. */
  constructor(options: GatehouseOptions) {
    this.#settings = resolveSettings(options);
    this.#transport = new Transport(this.#settings);
  }

  /**
   * Runs `fn` once the gate allows the action, with the arguments that were approved, and resolves with what it returned.
   * Waits while people decide. Where it does not run, the error says why; what `fn` throws is passed on unchanged.
   */
  async guard<Context extends object, Result>(
    type: string,
    target: string,
    context: Context,
    fn: (args: Context, info: RunInfo) => Result | Promise<Result>,
    options: GuardOptions = {},
  ): Promise<Result> {
    if (typeof fn !== 'function') throw new InvalidUsageError('guard()', ['fn: must be the function that acts']);
    const call = prepareCall('guard()', { type, target, context }, options, { mode: 'permit' });
    const api = new GateApi(this.#transport, call.idempotencyKey);
    const patience = new Patience(options, this.#settings.retry, call.idempotencyKey);
    const grant = await this.#obtain(call, api, options, patience);
    // The approved arguments have the shape of the context unless a reviewer changed it.
    const run = (args: JsonObject, info: RunInfo): Result | Promise<Result> => fn(args as Context, info);
    return runUnderPermit(grant, run, options, api, this.#settings.warn);
  }

  /**
   * Has an executor on a worker run the action, and resolves with the result on record. Called again with the same key it
   * resolves with that result again. Throws `ActionFailedError` and `ActionUnknownError` beside the refusals.
   */
  async run(type: string, target: string, context: object, options: RunOptions = {}): Promise<Json> {
    const call = prepareCall('run()', { type, target, context }, options, { mode: 'executor' });
    const patience = new Patience(options, this.#settings.retry, call.idempotencyKey);
    return runByExecutor(call.request, options, new GateApi(this.#transport, call.idempotencyKey), patience);
  }

  /** Asks for a decision and nothing else: nothing is claimed, nothing runs, nothing is waited for. A block is an answer. */
  async decide(type: string, target: string, context: object, options: DecideOptions = {}): Promise<GuardAnswer> {
    const call = prepareCall('decide()', { type, target, context }, options, { mode: 'permit', claim: false });
    const api = new GateApi(this.#transport, call.idempotencyKey);
    return api.guard(call.request, { mode: 'permit', claimId: null }, options.signal);
  }

  /** Reads an action of this agent, with its timeline. */
  async action(actionId: string): Promise<ActionView> {
    return new GateApi(this.#transport).action(checkedId('action()', 'actionId', actionId));
  }

  /** Reads an approval without claiming what it permits. */
  async approval(approvalId: string): Promise<ApprovalView> {
    return new GateApi(this.#transport).approval(checkedId('approval()', 'approvalId', approvalId), false);
  }

  /** Withdraws an action that has not run. Throws `GateRequestError` where it is too late. */
  async cancel(actionId: string, reason?: string): Promise<ActionView> {
    return new GateApi(this.#transport).cancel(checkedId('cancel()', 'actionId', actionId), reason);
  }

  async #obtain(call: PreparedCall, api: GateApi, options: GuardOptions, patience: Patience): Promise<Grant> {
    const claimId = this.#claims.take(call.idempotencyKey);
    try {
      return await new GuardFlow(api, options, patience, this.#settings.warn, claimId).obtain(call.request);
    } catch (error) {
      if (error instanceof GateUnavailableError) this.#claims.keep(call.idempotencyKey, claimId);
      throw error;
    }
  }
}

function checkedId(call: string, field: string, id: string): string {
  if (isId(id)) return id;
  throw new InvalidUsageError(call, [`${field}: must be an id that the gate gave`]);
}
