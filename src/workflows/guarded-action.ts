import { allHandlersFinished, CancellationScope, condition, upsertSearchAttributes } from '@temporalio/workflow';
import { askPeople } from './ask-people.ts';
import { atItsTime } from './at-its-time.ts';
import { byExecutor } from './by-executor.ts';
import { emptyDesk } from './desk.ts';
import { listen } from './listen.ts';
import type { ActionRequest, Standing } from './messages.ts';
import { isRefusedPayload } from './refused-payload.ts';
import { outcomeAttribute, policyAttribute, severityAttribute, statusAttribute } from './search-attributes.ts';
import { steps } from './steps.ts';
import { turnAwayLate } from './turn-away.ts';
import { underPermit } from './under-permit.ts';

const GOING_ON: ReadonlySet<string> = new Set(['held', 'scheduled', 'permitted', 'claimed']);

/**
 * One action of one agent, from the wish to the recorded outcome: decide; if held, ask people; if scheduled, wait for its
 * time; if permitted, see it run, by the agent under a permit or by an executor. What comes in meanwhile lies on the desk until its turn.
 *
 * Who asks Temporal to cancel it says not who they are, and is not heeded: `cancel` withdraws an action.
 */
export async function guardedAction(request: ActionRequest): Promise<Standing> {
  return CancellationScope.nonCancellable(() => story(request));
}

async function story(request: ActionRequest): Promise<Standing> {
  // A plain error: the task is tried again, so that an action that began before payloads were encrypted is not lost.
  if (isRefusedPayload(request)) throw new Error(`The action cannot be read. ${request.gatehouseRefused}`);
  const desk = emptyDesk();
  let standing: Standing | undefined;
  listen(request, desk, () => standing);
  void turnAwayLate(request, desk, () => standing);

  standing = await steps.decide({ request });
  while (GOING_ON.has(standing.status)) {
    if (standing.status === 'held') {
      show(standing);
      standing = await askPeople(request, desk, standing);
    } else if (standing.status === 'scheduled') {
      show(standing);
      standing = await atItsTime(request, desk, standing);
    } else if (request.executor !== null) {
      standing = await byExecutor(request, request.executor);
    } else {
      standing = await underPermit(request, desk, standing);
    }
  }

  show(standing);
  await condition(() => allHandlersFinished() && desk.verdicts.length + desk.inHand === 0);
  return standing;
}

/** Written when it begins to wait for people or for its time, and at the end, and not in between: each write costs the server a good part of an action. */
function show(standing: Standing): void {
  upsertSearchAttributes([
    { key: outcomeAttribute, value: standing.outcome },
    { key: statusAttribute, value: standing.status },
    { key: severityAttribute, value: standing.severity },
    { key: policyAttribute, value: standing.policyDigest },
  ]);
}
