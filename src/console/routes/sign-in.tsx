import type { Express, Request, Response } from 'express';
import { resource } from '../../api/resource.ts';
import type { ConsoleContext } from '../context.ts';
import { readForm } from '../http/form.ts';
import { seeOther, sendOn, sendPage } from '../http/page-response.ts';
import { SIGN_IN_PATH } from '../http/paths.ts';
import { SignInPage } from '../pages/sign-in.tsx';
import { notSignedIn } from '../said/not-signed-in.ts';
import { signInAgain } from '../session/again.ts';
import * as cookies from '../session/cookie.ts';
import { refuseForgedForm, refuseOtherSites } from '../session/forgery.ts';
import { returnPath } from '../session/return-path.ts';
import type { Entered, NotSignedIn } from '../session/sign-ins.ts';
import { pageOf } from '../session/visits.ts';

/** Signing in by the provider, a key or a one-time link, once more for what needs it, and signing out. */
export function addSignIn(app: Express, { signIns, logger, visits }: ConsoleContext): void {
  const { ways } = signIns;

  /** Puts the browser's new session in place of the one that it had. */
  const enter = async (request: Request, response: Response, entered: Entered): Promise<void> => {
    const before = cookies.readSessionCookie(request);
    if (before !== null) await signIns.end(before);
    cookies.clearUnderWayCookie(request, response);
    cookies.setSessionCookie(request, response, entered.token, entered.expiresAt);
  };

  const refuse = (response: Response, why: NotSignedIn, by: string, next: string): void => {
    logger.warn({ why, by }, 'nobody was signed in');
    const { says, status } = notSignedIn(why);
    sendPage(response, <SignInPage ways={ways} next={next} problem={says} />, status);
  };

  resource(app, SIGN_IN_PATH, {
    // Opening a link uses nothing up: chats and mail scanners open them too. The button does.
    get: (request, response) => {
      const { next, link, again } = request.query;
      const given = typeof link === 'string' ? { link } : {};
      sendPage(response, <SignInPage ways={ways} next={returnPath(next)} again={again === '1'} {...given} />);
    },
    post: async (request, response) => {
      refuseOtherSites(request);
      const form = await readForm(request);
      const link = form.get('link');
      const next = returnPath(form.get('next'));
      const held = cookies.readUnderWayCookie(request);
      const key = (form.get('key') ?? '').trim();
      const entered = link === null ? await signIns.byKey(key, held) : await signIns.byLink(link, held);
      if (typeof entered === 'string') {
        refuse(response, entered, link === null ? 'key' : 'link', next);
        return;
      }
      await enter(request, response, entered);
      seeOther(response, next);
    },
  });

  resource(app, `${SIGN_IN_PATH}/start`, {
    get: async (request, response) => {
      const next = returnPath(request.query['next']);
      const ownPage = `${SIGN_IN_PATH}?next=${encodeURIComponent(next)}`;
      if (!ways.provider) {
        seeOther(response, ownPage);
        return;
      }
      const session = cookies.readSessionCookie(request);
      const caller = session === null ? null : await signIns.callerOf(session, false);
      const visitor = session === null || caller === null ? {} : { visitor: { session, caller } };
      const { url, held } = await signIns.begin({ next, fresh: false, ...visitor });
      cookies.setUnderWayCookie(request, response, held.token, held.expiresAt);
      seeOther(response, url ?? ownPage);
    },
  });

  resource(app, `${SIGN_IN_PATH}/again`, {
    // From a page that said so: where the link was is where to return to.
    get: visits.page(async (visit) => {
      const from = visit.request.headers.referer ?? '';
      const { pathname, search } = URL.canParse(from) ? new URL(from) : { pathname: '', search: '' };
      await signInAgain(signIns, visit, returnPath(`${pageOf(pathname)}${search}`));
    }),
  });

  resource(app, `${SIGN_IN_PATH}/callback`, {
    get: async (request, response) => {
      const held = cookies.readUnderWayCookie(request);
      const query = request.originalUrl.split('?').slice(1).join('?');
      const entered = held === null ? 'stale' : await signIns.byProvider(held, query);
      if (typeof entered === 'string') {
        cookies.clearUnderWayCookie(request, response);
        refuse(response, entered, 'oidc', returnPath(undefined));
        return;
      }
      await enter(request, response, entered);
      // The browser comes from the provider, and would not send the new cookie along yet.
      sendOn(response, returnPath(entered.next));
    },
  });

  resource(app, '/console/sign-out', {
    post: async (request, response) => {
      refuseOtherSites(request);
      const session = cookies.readSessionCookie(request);
      let atProvider: string | null = null;
      if (session !== null) {
        refuseForgedForm(session, await readForm(request));
        atProvider = await signIns.end(session);
      }
      cookies.clearSessionCookie(request, response);
      if (atProvider === null) seeOther(response, SIGN_IN_PATH);
      else sendOn(response, atProvider);
    },
  });
}
