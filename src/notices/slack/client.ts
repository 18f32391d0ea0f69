import { z } from 'zod';
import type { SlackConfig } from '../config.ts';
import { post } from '../post.ts';
import { SendError } from '../send-error.ts';

/** Where a message is, as Slack names it. */
export const receiptSchema = z.object({ channel: z.string(), ts: z.string() });
export type SlackReceipt = z.infer<typeof receiptSchema>;

const answerSchema = z.looseObject({ ok: z.boolean(), error: z.string().optional() });

/** Slack's errors that pass without anybody changing anything, by its documentation. */
const PASSING: ReadonlySet<string> = new Set([
  'ratelimited',
  'rate_limited',
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
]);

export type SlackMethod = 'chat.postMessage' | 'chat.update' | 'chat.postEphemeral' | 'views.open' | 'auth.test';

/** Calls a method of Slack's Web API. Throws `SendError`, with Slack's code where Slack refused. */
export async function callSlack(
  { apiUrl, token }: SlackConfig,
  method: SlackMethod,
  args: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const { text } = await post({
    url: `${apiUrl}/${method}`,
    body: JSON.stringify(args),
    headers: { 'content-type': 'application/json; charset=utf-8', authorization: `Bearer ${token}` },
  });
  const answer = answerSchema.safeParse(parsed(text));
  if (!answer.success) throw new SendError(`What answers at ${apiUrl} is not Slack`, false);
  if (answer.data.ok) return answer.data;
  const code = /^[a-z_]{1,80}$/.exec(answer.data.error ?? '')?.[0] ?? 'unknown_error';
  throw new SendError(`Slack refuses ${method} (${code})`, !PASSING.has(code));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
