import type { Express } from 'express';
import type { Caller, Gateway, WaitOptions } from '../../api/gateway.ts';
import { readId } from '../../api/parameters.ts';
import { noteAction } from '../../api/request-log.ts';
import { resource } from '../../api/resource.ts';
import { GateProblem } from '../../decide/problem.ts';
import type { ConsoleContext } from '../context.ts';
import { written } from '../http/form.ts';
import { seeOther, sendPage } from '../http/page-response.ts';
import { cardPath, INBOX_PATH } from '../http/paths.ts';
import { readVerdict } from '../http/read-verdict.ts';
import type { CardFacts } from '../pages/card.tsx';
import { CardPage } from '../pages/card.tsx';
import type { Done } from '../said/done.ts';
import { doneSays } from '../said/done.ts';
import { versionOf } from '../said/version.ts';
import { signInAgain, typedBefore } from '../session/again.ts';
import type { Visit } from '../session/visits.ts';

const NO_WAIT: WaitOptions = { waitSeconds: 0, signal: new AbortController().signal };

/** The card of one approval, and what is said on it. */
export function addCard(app: Express, { gateway, visits, signIns }: ConsoleContext): void {
  const act = (what: (visit: Visit, id: string, form: URLSearchParams) => Promise<Done>) =>
    visits.form(async (visit, form) => {
      const id = readId(visit.request, 'approval');
      try {
        seeOther(visit.response, `${cardPath(id)}?done=${await what(visit, id, form)}`);
      } catch (error) {
        if (!(error instanceof GateProblem) || error.code === 'not_found') throw error;
        if (error.code === 'step_up_required') return signInAgain(signIns, visit, cardPath(id), form);
        await sendCard(gateway, visit, { refused: { problem: error, draft: form } }, error.status);
      }
    });

  resource(app, `${INBOX_PATH}/:id`, {
    get: visits.page(async (visit) => {
      const done = doneSays(visit.request.query['done']);
      const typed = await typedBefore(signIns, visit, cardPath(readId(visit.request, 'approval')));
      await sendCard(gateway, visit, { ...(done !== undefined && { done }), ...(typed !== null && { typed }) });
    }),
  });

  resource(app, `${INBOX_PATH}/:id/verdict`, {
    post: act(async ({ visitor }, id, form) => {
      const given = readVerdict(form);
      await gateway.verdict(visitor.caller, id, given);
      return given.verdict;
    }),
  });

  resource(app, `${INBOX_PATH}/:id/second-look`, {
    post: act(async ({ visitor }, id, form) => {
      const comment = written(form, 'comment');
      await gateway.secondLook(visitor.caller, id, comment === undefined ? {} : { comment });
      return 'look';
    }),
  });
}

async function sendCard(
  gateway: Gateway,
  { visitor, request, response }: Visit,
  said: Pick<CardFacts, 'done' | 'refused' | 'typed'>,
  status = 200,
): Promise<void> {
  const id = readId(request, 'approval');
  const shown = await readCard(gateway, visitor.caller, id, NO_WAIT);
  noteAction(response, shown.approval.actionId);
  const background = await gateway.background(visitor.caller, id);
  // What a form was answered with stays until it is read, and what is being typed until it is sent.
  const isStill = said.refused !== undefined || said.typed !== undefined;
  const live = !isStill && { live: { path: `${cardPath(id)}/live`, version: cardVersion(shown) } };
  const facts = { ...shown, background, visitor, now: Date.now(), ...live, ...said };
  sendPage(response, <CardPage {...facts} />, status);
}

/** The approval, after waiting while it is pending, and where its action stands. */
export async function readCard(
  gateway: Gateway,
  caller: Caller,
  id: string,
  wait: WaitOptions,
): Promise<Pick<CardFacts, 'approval' | 'action'>> {
  // Only to look: whoever is signed in here is nobody who runs it.
  const approval = await gateway.approval(caller, id, { ...wait, claimId: false });
  return { approval, action: await gateway.action(caller, approval.actionId, NO_WAIT) };
}

/** What the card shows now, as one word that changes with it. */
export function cardVersion({ approval, action }: Pick<CardFacts, 'approval' | 'action'>): string {
  return versionOf(approval, action.status, action.approvalId);
}
