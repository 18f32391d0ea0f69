import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** Sends a page. */
export function sendPage(response: Response, page: VNode, status = 200): void {
  response
    .status(status)
    .type('html')
    .send(`<!doctype html>${renderToString(page)}`);
}

/** Has the browser get another page, also after a form: so that a reload sends nothing twice. */
export function seeOther(response: Response, path: string): void {
  response.redirect(303, path);
}

/**
 * Has the browser go on from here, to a page of ours or of another site. Not by a redirect: after a form, browsers hold those
 * against the rule that forms lead to us alone, and from another site they keep strict cookies back.
 */
export function sendOn(response: Response, url: string): void {
  response.setHeader('Refresh', `0; url=${url}`);
  response.type('html').send('<!doctype html><html lang="en"><title>Gatehouse</title><p>One moment …</p></html>');
}

/**
 * Headers for pages: nothing but our own style sheet, script, icon and stream may load, forms lead to us alone, nobody frames
 * us, and markup cannot be made from text by a script.
 */
export function pageHeaders(): RequestHandler {
  const secure = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        scriptSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: ["'none'"],
      },
    },
    xFrameOptions: { action: 'deny' },
    // Without any, browsers would hide where our own forms come from.
    referrerPolicy: { policy: 'same-origin' },
  });
  return (request, response, next) => {
    response.setHeader('Cache-Control', 'no-store');
    secure(request, response, next);
  };
}
