import type { Express, Response } from 'express';
import { setTimeout as pause } from 'node:timers/promises';
import type { Caller } from '../../api/gateway.ts';
import { readId } from '../../api/parameters.ts';
import { resource } from '../../api/resource.ts';
import type { ConsoleContext } from '../context.ts';
import { readInboxQuery } from '../http/inbox-query.ts';
import { INBOX_PATH, LIVE_PATH } from '../http/paths.ts';
import { versionOf } from '../said/version.ts';
import { SESSION_OVER, STREAM_HEADERS, type Visitor } from '../session/visits.ts';
import { cardVersion, readCard } from './card.tsx';
import { readInbox } from './read-inbox.ts';

/** How often a stream looks, in seconds, and for whom. What ends an approval is told at once, by its long poll. */
export const LOOK_SECONDS = 2;
/** A page is complete without its stream, so beyond this many there are no more of them. */
const MOST_STREAMS = 200;

/** The version of what is shown to somebody. All but the first take their time. */
type Look = (caller: Caller, signal: AbortSignal, isFirst: boolean) => Promise<string>;

/** Streams of server-sent events that tell a page the version of what it shows, so that it can get itself anew. */
export function addLive(app: Express, { gateway, waits, signIns, visits }: ConsoleContext): void {
  let streams = 0;

  /**
   * Tells each version that is another, until the browser goes, the session is over or the server closes. Whose session it is
   * is looked up after each look: it may have ended while that took its time, and then nothing more is told.
   */
  const stream = async (visitor: Visitor, response: Response, look: Look): Promise<void> => {
    if (streams >= MOST_STREAMS) {
      // A browser does not try again after this.
      response.status(204).end();
      return;
    }
    streams += 1;
    const signal = waits.begin(response);
    let told = '';
    let caller: Caller | null = visitor.caller;
    try {
      response.writeHead(200, STREAM_HEADERS);
      while (!signal.aborted) {
        const version = await look(caller, signal, told === '');
        caller = await signIns.callerOf(visitor.session, false);
        if (caller === null) {
          response.write(SESSION_OVER);
          break;
        }
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
      const query = readInboxQuery(request);
      await stream(visitor, response, async (caller, signal, isFirst) => {
        if (!isFirst) await rest(signal);
        return versionOf(await readInbox(gateway, caller, query));
      });
    }),
  });

  resource(app, `${INBOX_PATH}/:id/live`, {
    get: visits.stream(async ({ visitor, request, response }) => {
      const id = readId(request, 'approval');
      let isOpen = false;
      await stream(visitor, response, async (caller, signal, isFirst) => {
        if (!isFirst && !isOpen) await rest(signal);
        const waitSeconds = isOpen ? LOOK_SECONDS : 0;
        const shown = await readCard(gateway, caller, id, { waitSeconds, signal });
        isOpen = shown.approval.status === 'pending';
        return cardVersion(shown);
      });
    }),
  });
}

function rest(signal: AbortSignal): Promise<void> {
  return pause(LOOK_SECONDS * 1000, undefined, { signal }).catch(() => undefined);
}
