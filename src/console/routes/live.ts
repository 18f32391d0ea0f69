import type { Express, Response } from 'express';
import { setTimeout as pause } from 'node:timers/promises';
import { readId } from '../../api/parameters.ts';
import { resource } from '../../api/resource.ts';
import type { ConsoleContext } from '../context.ts';
import { listOptionsOf, readInboxQuery } from '../http/inbox-query.ts';
import { INBOX_PATH, LIVE_PATH } from '../http/paths.ts';
import { versionOf } from '../said/version.ts';
import { SESSION_OVER, STREAM_HEADERS, type Visitor } from '../session/visits.ts';
import { cardVersion, readCard } from './card.tsx';

/** How often a stream looks, in seconds. What ends an approval is told at once, by its long poll. */
const LOOK_SECONDS = 2;
/** A page is complete without its stream, so beyond this many there are no more of them. */
const MOST_STREAMS = 200;

/** The version of what is shown. All but the first take their time. */
type Look = (signal: AbortSignal, isFirst: boolean) => Promise<string>;

/** Streams of server-sent events that tell a page the version of what it shows, so that it can get itself anew. */
export function addLive(app: Express, { gateway, waits, signIns, visits }: ConsoleContext): void {
  let streams = 0;

  /** Tells each version that is another, until the browser goes, the session is over or the server closes. */
  const stream = async (visitor: Visitor, response: Response, look: Look): Promise<void> => {
    if (streams >= MOST_STREAMS) {
      // A browser does not try again after this.
      response.status(204).end();
      return;
    }
    streams += 1;
    const signal = waits.begin(response);
    let told = '';
    try {
      response.writeHead(200, STREAM_HEADERS);
      while (!signal.aborted) {
        if ((await signIns.callerOf(visitor.session, false)) === null) {
          response.write(SESSION_OVER);
          break;
        }
        const version = await look(signal, told === '');
        response.write(version === told ? ':\n\n' : `event: version\ndata: ${version}\n\n`);
        told = version;
      }
    } finally {
      streams -= 1;
      response.end();
    }
  };

  resource(app, LIVE_PATH, {
    get: visits.stream(async ({ visitor, request, response }) => {
      const options = listOptionsOf(readInboxQuery(request));
      await stream(visitor, response, async (signal, isFirst) => {
        if (!isFirst) await rest(signal);
        return versionOf(await gateway.approvals(visitor.caller, options));
      });
    }),
  });

  resource(app, `${INBOX_PATH}/:id/live`, {
    get: visits.stream(async ({ visitor, request, response }) => {
      const id = readId(request, 'approval');
      let isOpen = false;
      await stream(visitor, response, async (signal, isFirst) => {
        if (!isFirst && !isOpen) await rest(signal);
        const waitSeconds = isOpen ? LOOK_SECONDS : 0;
        const shown = await readCard(gateway, visitor.caller, id, { waitSeconds, signal });
        isOpen = shown.approval.status === 'pending';
        return cardVersion(shown);
      });
    }),
  });
}

function rest(signal: AbortSignal): Promise<void> {
  return pause(LOOK_SECONDS * 1000, undefined, { signal }).catch(() => undefined);
}
