import type { GateApi } from './api.ts';
import { awaitVerdict } from './await-verdict.ts';
import type { GuardRequest, Json } from './contract/index.ts';
import { isFinal } from './contract/index.ts';
import { ActionFailedError, ActionUnknownError } from './errors/outcome.ts';
import type { RunOptions } from './options.ts';
import type { Patience } from './patience.ts';
import { Questions } from './questions.ts';
import type { Standing } from './refusal.ts';
import { endOf } from './refusal.ts';

/** Asks for an action that an executor runs, waits until it is settled, and resolves with the result on record. */
export async function runByExecutor(
  request: GuardRequest,
  options: RunOptions,
  api: GateApi,
  patience: Patience,
): Promise<Json> {
  let actionId: string | null = null;
  try {
    const answer = await api.guard(request, { mode: 'executor', claimId: null }, options.signal);
    actionId = answer.actionId;
    return await settle(answer, options, api, patience);
  } catch (error) {
    if (options.signal?.aborted && options.cancelOnAbort === true && actionId !== null) {
      // The caller hears of its own abort whatever becomes of this.
      await api.cancel(actionId, 'The caller aborted').catch(() => undefined);
    }
    throw error;
  }
}

async function settle(answer: Standing, options: RunOptions, api: GateApi, patience: Patience): Promise<Json> {
  if (answer.status === 'held') await options.onPending?.(answer);
  const questions = new Questions(api, options);
  let standing = answer;
  while (!isFinal(standing.status)) {
    // What people ask back is with the approval; where nobody answers it, the action alone is watched to its end.
    const { status, approvalId } = standing;
    const asked = status === 'held' && questions.areWanted ? approvalId : null;
    if (asked !== null) await awaitVerdict(api, { ...standing, approvalId: asked }, false, patience, questions);
    standing = await patience.watch(
      standing,
      (how) => api.action(answer.actionId, how),
      (seen) => isFinal(seen.status) || (questions.areWanted && seen.status === 'held' && seen.approvalId !== asked),
    );
  }
  return resultOf(standing, api);
}

async function resultOf(standing: Standing, api: GateApi): Promise<Json> {
  const { actionId, status } = standing;
  if (status !== 'succeeded' && status !== 'failed' && status !== 'unknown') throw await endOf(standing, api);
  const settlement = standing.settlement ?? (await api.action(actionId)).settlement;
  if (status === 'failed') {
    throw new ActionFailedError(
      actionId,
      settlement?.error ?? settlement?.reason ?? 'no error was recorded',
      settlement,
    );
  }
  if (status === 'unknown') throw new ActionUnknownError(actionId, settlement);
  return settlement?.result ?? null;
}
