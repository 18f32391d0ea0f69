import type { ApprovalRow } from '../../store/actions.ts';
import type { Links } from '../links.ts';
import { facts, headline, meanwhile, what } from '../says.ts';
import type { Subject } from '../subject.ts';
import { escapeMarkup, plain } from './escape.ts';

export type Block = Readonly<Record<string, unknown>>;

/** A message as `chat.postMessage` and `chat.update` take it. */
export interface SlackMessage {
  /** For where blocks cannot be shown, e.g. on a locked phone. */
  text: string;
  blocks: Block[];
}

/** What a button of ours does. */
export const BUTTONS = { approve: 'gatehouse_approve', reject: 'gatehouse_reject', open: 'gatehouse_open' } as const;

/** A message holds at most 50 blocks: a line, the facts and the link of each notice make the list of one this long. */
const MOST_LISTED = 40;

/** The message about one notice, or about several. An open question comes with its buttons. */
export function slackMessage(subjects: readonly Subject[], links: Links): SlackMessage {
  const [first] = subjects;
  return first !== undefined && subjects.length === 1 ? about(first, links) : digest(subjects, links);
}

function about(subject: Subject, links: Links): SlackMessage {
  const title = `${headline(subject.kind)}: ${what(subject)}`;
  const now = meanwhile(subject);
  const { approval } = subject;
  const lines = facts(subject).map(([label, text]) => `${label}: ${text}`);
  return {
    text: escapeMarkup(title),
    blocks: [
      section(title),
      ...(now === null ? [] : [section(now)]),
      ...(lines.length === 0 ? [] : [section(lines.join('\n'))]),
      ...(approval === null ? [] : [actions(approval, links)]),
    ],
  };
}

function digest(subjects: readonly Subject[], links: Links): SlackMessage {
  const title = `${String(subjects.length)} notices, gathered because many came at once`;
  const listed = subjects.slice(0, MOST_LISTED).map((subject) => {
    const { approval } = subject;
    const stands = approval === null ? '' : `, now ${approval.status}`;
    const line = section(`${headline(subject.kind)}: ${what(subject)}${stands}`);
    return approval === null ? line : { ...line, accessory: openButton(links.card(approval.id)) };
  });
  const more = subjects.length - listed.length;
  return {
    text: title,
    blocks: [
      section(title),
      ...listed,
      ...(more > 0 ? [section(`and ${String(more)} more in the inbox`)] : []),
      { type: 'actions', elements: [openButton(links.inbox(), 'Open the inbox')] },
    ],
  };
}

/** What is critical is approved on the card alone, after a recent sign-in; stopping it is never held up. */
function actions({ id: approvalId, status, severity }: ApprovalRow, links: Links): Block {
  const open = openButton(links.card(approvalId));
  const button = (action: string, label: string, style: 'primary' | 'danger') => ({
    ...{ type: 'button', action_id: action, text: plain(label), style, value: approvalId },
  });
  const approve = severity === 'critical' ? [] : [button(BUTTONS.approve, 'Approve…', 'primary')];
  const verdicts = status === 'pending' ? [...approve, button(BUTTONS.reject, 'Reject…', 'danger')] : [];
  return { type: 'actions', elements: [...verdicts, open] };
}

function openButton(url: string, label = 'Open'): Block {
  return { type: 'button', action_id: BUTTONS.open, text: plain(label), url };
}

/** Foreign text stands in plain text alone: Slack makes no link and no mention of it. */
export function section(text: string): Block {
  return { type: 'section', text: plain(text) };
}
