import { z } from 'zod';
import { seeOther, sendOn } from '../http/page-response.ts';
import { SIGN_IN_PATH } from '../http/paths.ts';
import { setUnderWayCookie } from './cookie.ts';
import { FORGERY_FIELD } from './forgery.ts';
import type { SignIns } from './sign-ins.ts';
import type { Visit } from './visits.ts';

/** Longer drafts are not carried along: a sign-in is no place for uploads. */
const MAX_DRAFT = 100_000;
/** Tells a page that somebody comes back to what they were typing. */
const BACK = 'back=1';

const draftSchema = z.object({ path: z.string(), form: z.string() });

/**
 * Sends somebody through sign-in once more, and back to a page, with what they had typed where there was something. Nothing of
 * it is sent meanwhile: they look at the page again, and press again.
 */
export async function signInAgain(
  signIns: SignIns,
  { visitor, request, response }: Visit,
  path: string,
  typed?: URLSearchParams,
): Promise<void> {
  const next = typed === undefined ? path : `${path}?${BACK}`;
  const draft = typed === undefined ? undefined : draftOf(path, typed);
  const { url, held } = await signIns.begin({ next, fresh: true, visitor, ...(draft === undefined ? {} : { draft }) });
  setUnderWayCookie(request, response, held.token, held.expiresAt);
  if (url === null) seeOther(response, `${SIGN_IN_PATH}?next=${encodeURIComponent(next)}&again=1`);
  else sendOn(response, url);
}

/** What was typed on this page before a sign-in, for whoever comes back from one; null otherwise. Taken once. */
export async function typedBefore(signIns: SignIns, { visitor, request }: Visit, path: string) {
  if (request.query['back'] !== '1') return null;
  const draft = await signIns.takeDraft(visitor.session);
  if (draft === null) return null;
  const { path: of, form } = draftSchema.parse(JSON.parse(draft));
  return of === path ? new URLSearchParams(form) : null;
}

function draftOf(path: string, typed: URLSearchParams): string | undefined {
  const form = new URLSearchParams(typed);
  form.delete(FORGERY_FIELD);
  const draft = JSON.stringify({ path, form: form.toString() });
  return draft.length > MAX_DRAFT ? undefined : draft;
}
