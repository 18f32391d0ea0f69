import type { JsonObject } from '@gatehouse/sdk/contract';
import type { WebhookChannel } from './config.ts';
import type { Links } from './links.ts';
import { argumentsAsked, expiresAt, whyAsked, type Subject } from './subject.ts';

/**
 * What a webhook posts. It holds what the record had when the notice came up and what never changes after, so that every
 * attempt to send it says the same. Fields may be added within a version; none changes its meaning.
 */
export function webhookBody(
  channel: Pick<WebhookChannel, 'includeArguments'>,
  subjects: readonly Subject[],
  links: Links,
): JsonObject {
  const [first] = subjects;
  const at = Math.max(0, ...subjects.map((subject) => subject.at));
  const head = { version: 1, timestamp: new Date(at).toISOString() };
  return first !== undefined && subjects.length === 1
    ? { ...head, type: `notice.${first.kind}`, data: noticeBody(channel, first, links) }
    : {
        ...head,
        type: 'notice.digest',
        data: { notices: subjects.map((subject) => noticeBody(channel, subject, links)) },
      };
}

function noticeBody(
  { includeArguments }: Pick<WebhookChannel, 'includeArguments'>,
  { noticeId, kind, actor, at, data, action, approval }: Subject,
  links: Links,
): JsonObject {
  return {
    noticeId,
    kind,
    at: new Date(at).toISOString(),
    actor,
    details: withoutArguments(data, includeArguments),
    action:
      action === null
        ? null
        : {
            ...{ actionId: action.id, agent: action.agent, type: action.type, target: action.target },
            ...{ purpose: action.purpose, requestId: action.request_id },
          },
    approval:
      approval === null
        ? null
        : {
            ...{ approvalId: approval.id, round: approval.round, ...whyAsked(approval) },
            ...{ severity: approval.severity, riskScore: approval.risk_score },
            ...{ actionDigest: approval.action_digest, policyDigest: approval.policy_digest },
            requestedAt: new Date(approval.requested_at).toISOString(),
            expiresAt: expiresAt(approval),
            url: links.card(approval.id),
          },
    ...(includeArguments && action !== null && approval !== null
      ? { arguments: argumentsAsked(action, approval) }
      : {}),
  };
}

/** The record of an edited approval holds the arguments that were put in place of the agent's. */
function withoutArguments(data: JsonObject, includeArguments: boolean): JsonObject {
  const { arguments: args, ...details } = data;
  return includeArguments && args !== undefined ? { ...details, arguments: args } : details;
}
