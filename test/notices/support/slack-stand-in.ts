import { randomBytes } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { slackSignature } from '../../../src/notices/slack/signature.ts';
import { problemsOfMessage, problemsOfView, type Block } from './slack-limits.ts';

/** A call of the Web API that the stand-in took. */
export interface SlackCall {
  method: string;
  args: Record<string, unknown>;
}

export interface Message {
  ts: string;
  channel: string;
  text: string;
  blocks: Block[];
}

export interface Modal {
  callback_id: string;
  private_metadata: string;
  blocks: Block[];
  submit?: { text: string };
}

/** What Slack saw of an answer to an interaction: its status, and whether it came within the three seconds. */
export interface Acknowledged {
  status: number;
  inTime: boolean;
}

/**
 * Speaks Slack's documented protocol: the Web API with its token, its limits and its trigger ids, and interactions with its
 * signature and its three seconds. What breaks the protocol is refused with Slack's own code.
 */
export interface SlackStandIn {
  apiUrl: string;
  token: string;
  signingSecret: string;
  calls: SlackCall[];
  messages: Map<string, Message>;
  /** The next calls of a method are refused with this code. */
  refuse(method: string, ...codes: string[]): void;
  /** The first call of the method that fits, as soon as there is one. */
  called(method: string, fits?: (args: Record<string, unknown>) => boolean): Promise<SlackCall>;
  /** A user presses a button of a message. */
  press(interactionsUrl: string, user: string, message: Message, actionId: string): Promise<Acknowledged>;
  /** A user sends the form off that was opened last. */
  submit(interactionsUrl: string, user: string, view: Modal, comment?: string): Promise<Acknowledged>;
  /** Posts any payload under any signature. */
  post(interactionsUrl: string, payload: unknown, signed?: { secret?: string; at?: number }): Promise<SignedPost>;
  close(): Promise<void>;
}

export interface SignedPost extends Acknowledged {
  body: string;
  headers: Record<string, string>;
}

const TRIGGER_MS = 3_000;
const ANSWER_MS = 3_000;

export async function startSlack(): Promise<SlackStandIn> {
  const token = `xoxb-${randomBytes(12).toString('hex')}`;
  const signingSecret = randomBytes(16).toString('hex');
  const calls: SlackCall[] = [];
  const messages = new Map<string, Message>();
  const triggers = new Map<string, number>();
  const refusals = new Map<string, string[]>();
  const events = new EventEmitter().setMaxListeners(0);
  let posted = 0;

  const answerTo = (method: string, args: Record<string, unknown>): Record<string, unknown> => {
    const refusal = refusals.get(method)?.shift();
    if (refusal !== undefined) return { ok: false, error: refusal };
    switch (method) {
      case 'chat.postMessage': {
        const problem = problemsOfMessage(args);
        if (problem !== null) return { ok: false, error: problem };
        posted += 1;
        const ts = `1760000000.${String(posted).padStart(6, '0')}`;
        const message = { ...(args as unknown as Omit<Message, 'ts'>), ts };
        messages.set(ts, message);
        return { ok: true, channel: message.channel, ts, message };
      }
      case 'chat.update': {
        const before = messages.get(String(args['ts']));
        if (before === undefined) return { ok: false, error: 'message_not_found' };
        const problem = problemsOfMessage(args);
        if (problem !== null) return { ok: false, error: problem };
        messages.set(before.ts, { ...before, ...(args as Partial<Message>) });
        return { ok: true, channel: before.channel, ts: before.ts };
      }
      case 'chat.postEphemeral':
        return typeof args['user'] === 'string' && typeof args['channel'] === 'string'
          ? { ok: true, message_ts: '1' }
          : { ok: false, error: 'invalid_arguments' };
      case 'views.open': {
        const until = triggers.get(String(args['trigger_id']));
        if (until === undefined) return { ok: false, error: 'invalid_trigger_id' };
        triggers.delete(String(args['trigger_id']));
        if (performance.now() > until) return { ok: false, error: 'expired_trigger_id' };
        const problem = problemsOfView(args['view']);
        return problem === null ? { ok: true, view: args['view'] } : { ok: false, error: problem };
      }
      default:
        return { ok: false, error: 'unknown_method' };
    }
  };

  const server = createServer((request, response) => {
    void textOf(request).then((text) => {
      const method = (request.url ?? '').split('/').pop() ?? '';
      const args = JSON.parse(text) as Record<string, unknown>;
      const known = request.headers.authorization === `Bearer ${token}`;
      const answer = known ? answerTo(method, args) : { ok: false, error: 'invalid_auth' };
      calls.push({ method, args });
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(answer));
      events.emit('call');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const post: SlackStandIn['post'] = async (url, payload, { secret = signingSecret, at = Date.now() } = {}) => {
    const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    const timestamp = String(Math.floor(at / 1000));
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': slackSignature(secret, timestamp, Buffer.from(body)),
    };
    const started = performance.now();
    const answer = await fetch(url, { method: 'POST', body, headers });
    const inTime = performance.now() - started < ANSWER_MS;
    await answer.arrayBuffer();
    return { status: answer.status, inTime, body, headers };
  };

  return {
    ...{ apiUrl: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/api`, token, signingSecret },
    ...{ calls, messages, post },
    refuse: (method, ...codes) => {
      refusals.set(method, codes);
    },
    called: async (method, fits = () => true) => {
      for (;;) {
        const found = calls.find((call) => call.method === method && fits(call.args));
        if (found !== undefined) return found;
        await once(events, 'call');
      }
    },
    press: (url, user, message, actionId) => {
      const trigger = randomBytes(8).toString('hex');
      triggers.set(trigger, performance.now() + TRIGGER_MS);
      const elements = message.blocks.flatMap((block) => (block['elements'] ?? []) as Block[]);
      const button = elements.find((one) => one['action_id'] === actionId);
      if (button === undefined) throw new Error(`The message has no button ${actionId}`);
      const { channel, ts } = message;
      const actions = [{ type: 'button', action_id: actionId, value: button['value'] }];
      const payload = { trigger_id: trigger, user: { id: user }, channel: { id: channel }, message: { ts }, actions };
      return post(url, { type: 'block_actions', ...payload });
    },
    submit: (url, user, view, comment) => {
      const values = { comment: { comment: { type: 'plain_text_input', value: comment ?? null } } };
      return post(url, { type: 'view_submission', user: { id: user }, view: { ...view, state: { values } } });
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
