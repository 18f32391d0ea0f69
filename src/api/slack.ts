import type { Express } from 'express';
import { GateProblem } from '../decide/problem.ts';
import { readInteraction } from '../notices/slack/interaction.ts';
import { TOLERANCE_MS, whyNotSlack } from '../notices/slack/signature.ts';
import { isFirstSight } from '../store/notices.ts';
import { readBytes } from './body.ts';
import type { ApiContext } from './context.ts';
import { requestIdOf } from './request-log.ts';
import { resource } from './resource.ts';
import { onPressed, onSubmitted, type SlackDoor } from './slack-answers.ts';

/** A form comes back with all that it showed. */
const MOST_BYTES = 1024 * 1024;

/**
 * What people do in Slack. The signature of the app is the key: whoever does not have it is refused, and so is a request that
 * is old or comes twice. Slack is answered at once and the work is done after, since it waits for three seconds alone.
 */
export function addSlack(app: Express, { gateway, logger }: ApiContext, door: SlackDoor): void {
  resource(app, '/api/v1/slack/interactions', {
    post: async (request, response) => {
      const body = await readBytes(request, MOST_BYTES);
      const timestamp = request.get('x-slack-request-timestamp');
      const signature = request.get('x-slack-signature');
      const now = door.now();
      const why =
        whyNotSlack({ body, timestamp, signature }, door.slack.signingSecrets, now) ??
        ((await isFirstSight(door.store, signature ?? '', now, 2 * TOLERANCE_MS)) ? null : 'it came before');
      if (why !== null) {
        logger.warn({ why }, 'a request that poses as Slack was refused');
        throw new GateProblem('unauthenticated', 'This is not signed as Slack signs it, now and for the first time.');
      }
      const interaction = readInteraction(body);
      response.status(200).end();
      if (interaction === null) return;
      const work =
        interaction.type === 'block_actions'
          ? onPressed(gateway, door, interaction)
          : onSubmitted(gateway, door, interaction);
      const requestId = requestIdOf(response);
      await work.catch((error: unknown) => {
        logger.error({ err: error, requestId }, 'what somebody did in Slack came to nothing');
      });
    },
  });
}
