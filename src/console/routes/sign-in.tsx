import type { Express } from 'express';
import { resource } from '../../api/resource.ts';
import type { ConsoleContext } from '../context.ts';
import { readForm } from '../http/form.ts';
import { seeOther, sendPage } from '../http/page-response.ts';
import { SIGN_IN_PATH } from '../http/paths.ts';
import { SignInPage } from '../pages/sign-in.tsx';
import { clearSessionCookie, readSessionCookie, setSessionCookie } from '../session/cookie.ts';
import { refuseForgedForm, refuseOtherSites } from '../session/forgery.ts';
import { returnPath } from '../session/return-path.ts';
import type { NotSignedIn } from '../session/sign-ins.ts';

const PROBLEMS: Readonly<Record<NotSignedIn, string>> = {
  unknown: 'That does not sign anybody in. Check the key; a link works once, and for a quarter of an hour.',
  agent: 'That is the key of an agent. Reviewers and admins sign in here.',
};

/** Signing in by a key or a one-time link, and signing out. */
export function addSignIn(app: Express, { signIns, logger }: ConsoleContext): void {
  resource(app, SIGN_IN_PATH, {
    // Opening a link uses nothing up: chats and mail scanners open them too. The button does.
    get: (request, response) => {
      const { next, link } = request.query;
      const given = typeof link === 'string' ? { link } : {};
      sendPage(response, <SignInPage next={returnPath(next)} {...given} />);
    },
    post: async (request, response) => {
      refuseOtherSites(request);
      const form = await readForm(request);
      const link = form.get('link');
      const next = returnPath(form.get('next'));
      const opened = link === null ? await signIns.byKey((form.get('key') ?? '').trim()) : await signIns.byLink(link);
      if (typeof opened === 'string') {
        logger.warn({ why: opened, by: link === null ? 'key' : 'link' }, 'nobody was signed in');
        sendPage(response, <SignInPage next={next} problem={PROBLEMS[opened]} />, 401);
        return;
      }
      const before = readSessionCookie(request);
      if (before !== null) await signIns.end(before);
      setSessionCookie(request, response, opened.token, opened.expiresAt);
      seeOther(response, next);
    },
  });

  resource(app, '/console/sign-out', {
    post: async (request, response) => {
      refuseOtherSites(request);
      const session = readSessionCookie(request);
      if (session !== null) {
        refuseForgedForm(session, await readForm(request));
        await signIns.end(session);
      }
      clearSessionCookie(request, response);
      seeOther(response, SIGN_IN_PATH);
    },
  });
}
