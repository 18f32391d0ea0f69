import type { ApprovalView } from '@gatehouse/sdk/contract';
import { GateProblem } from '../decide/problem.ts';
import type { SlackConfig } from '../notices/config.ts';
import type { Links } from '../notices/links.ts';
import { shown } from '../notices/says.ts';
import { callSlack } from '../notices/slack/client.ts';
import { escapeMarkup } from '../notices/slack/escape.ts';
import type { Pressed, Submitted } from '../notices/slack/interaction.ts';
import { BUTTONS } from '../notices/slack/message.ts';
import { readForm, verdictForm } from '../notices/slack/modal.ts';
import type { OidcSettings } from '../settings.ts';
import { recordEvents } from '../store/actions.ts';
import { readApprovalAlone } from '../store/lists.ts';
import type { Store } from '../store/open.ts';
import type { Caller, Gateway } from './gateway.ts';
import { personBehind, type NotKnown } from './slack-person.ts';

/** What it takes to answer people in Slack. */
export interface SlackDoor {
  slack: SlackConfig;
  store: Store;
  links: Links;
  /** The provider by which people sign in; undefined where there is none. */
  oidc: OidcSettings | undefined;
  /** Milliseconds since the epoch. */
  now: () => number;
}

const NO_WAIT = { waitSeconds: 0, signal: new AbortController().signal, claimId: false } as const;
/** Nobody in Slack has signed in lately, as far as we can know. The gate itself would refuse it too, after all that reading. */
const CRITICAL = 'It is critical: approve it on the card, after a recent sign-in.';
const VERDICTS = { [BUTTONS.approve]: 'approve', [BUTTONS.reject]: 'reject' } as const;

/** Somebody pressed a button: they get the form that shows the whole call. Nothing is decided by it. */
export async function onPressed(gateway: Gateway, door: SlackDoor, pressed: Pressed): Promise<void> {
  const [action] = pressed.actions;
  const verdict = VERDICTS[action?.action_id as keyof typeof VERDICTS] as 'approve' | 'reject' | undefined;
  const approvalId = action?.value;
  const channel = pressed.channel?.id;
  if (verdict === undefined || approvalId === undefined || channel === undefined) return;
  await asPerson(door, { user: pressed.user.id, channel, approvalId }, async (caller) => {
    const approval = await gateway.approval(caller, approvalId, NO_WAIT);
    if (approval.status !== 'pending') return `It is ${stands(approval)} already: there is nothing left to decide.`;
    if (verdict === 'approve' && approval.severity === 'critical') return CRITICAL;
    const view = verdictForm(approval, { verdict, channel }, door.links);
    await callSlack(door.slack, 'views.open', { trigger_id: pressed.trigger_id, view });
    return null;
  });
}

/** Somebody sent the form off: their word goes the way of every verdict, bound to the digests that the form showed. */
export async function onSubmitted(gateway: Gateway, door: SlackDoor, { user, view }: Submitted): Promise<void> {
  const form = readForm(view);
  if (form === null) return;
  const { about, comment } = form;
  const { approvalId, actionDigest, policyDigest, verdict, channel } = about;
  await asPerson(door, { user: user.id, channel, approvalId }, async (caller) => {
    const given = { verdict, actionDigest, policyDigest, ...(comment === undefined ? {} : { comment }) };
    const approval = await gateway.verdict(caller, approvalId, given);
    const next = approval.status === 'pending' ? 'others are asked still' : `it is ${stands(approval)}`;
    return `Your answer counts: ${next}.`;
  });
}

interface Where {
  user: string;
  channel: string;
  approvalId: string;
}

/** Does something as the person behind a Slack user, and tells that user alone what became of it. */
async function asPerson(
  door: SlackDoor,
  { user, channel, approvalId }: Where,
  work: (caller: Caller) => Promise<string | null>,
): Promise<void> {
  const caller = await personBehind(door, user);
  const says =
    typeof caller === 'string'
      ? await turnAway(door, { user, channel, approvalId }, caller)
      : await work(caller).catch((error: unknown) => {
          if (error instanceof GateProblem) return `It did not count: ${shown(error.detail)}`;
          throw error;
        });
  if (says === null) return;
  const text = `${escapeMarkup(says)} ${door.links.card(approvalId)}`;
  await callSlack(door.slack, 'chat.postEphemeral', { channel, user, text });
}

/** Nobody that the gate knows: the attempt goes on record, and whoever made it is told how to be known. */
async function turnAway({ store, slack, now }: SlackDoor, { user, approvalId }: Where, why: NotKnown): Promise<string> {
  const approval = await readApprovalAlone(store, approvalId);
  const at = now();
  if (approval !== undefined) {
    const data = {
      what: 'verdict',
      code: why === 'stale_sign_in' ? why : 'not_a_reviewer',
      via: 'slack',
      user,
      approvalId,
    };
    const key = `slack:${user}:${approvalId}:${String(at)}`;
    const actor = `unverified:slack:${user}`;
    await recordEvents(store, approval.action_id, [{ kind: 'refused_attempt', key, actor, at, data }]);
  }
  const name = shown(slack.people.get(user) ?? user);
  switch (why) {
    case 'not_named':
      return `You are not known here: an operator has to name your user ${user} under slack.people. Or answer on the card:`;
    case 'no_reviewer':
      return `Your user stands for ${name}, who has no key of a reviewer here and has not signed in as one. Answer on the card:`;
    case 'stale_sign_in':
      return `Your user stands for ${name}, whose last sign-in is too long ago. Sign in, then answer here or on the card:`;
  }
}

function stands({ status, resolvedBy }: ApprovalView): string {
  return resolvedBy === null ? status : `${status} by ${shown(resolvedBy)}`;
}
