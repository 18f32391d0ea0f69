import type { ApprovalView } from '@gatehouse/sdk/contract';
import { z } from 'zod';
import { jsonText } from '../../foreign/json-lines.ts';
import type { Links } from '../links.ts';
import { shown } from '../says.ts';
import { chunksOf, plain } from './escape.ts';
import { section, type Block } from './message.ts';

/** Names the form, and the field of it. */
export const FORM = 'gatehouse_verdict';
const COMMENT = 'comment';

/** What a form answers, as it was shown: Slack hands it back as it is, under its signature. */
const aboutSchema = z.strictObject({
  approvalId: z.string(),
  actionDigest: z.string(),
  policyDigest: z.string(),
  verdict: z.enum(['approve', 'reject']),
  /** Where the button was pressed. */
  channel: z.string(),
});
export type FormAbout = z.infer<typeof aboutSchema>;

/** Fewer than the hundred that Slack takes: what is longer is read on the card. */
const MOST_ARGUMENT_BLOCKS = 40;
const WORDS = { approve: 'Approve', reject: 'Reject' } as const;

/**
 * The form in which a person approves or rejects. It shows the whole call, or cannot be sent off: nobody approves what they
 * could not read.
 */
export function verdictForm(
  approval: ApprovalView,
  { verdict, channel }: Pick<FormAbout, 'verdict' | 'channel'>,
  links: Links,
): Record<string, unknown> {
  const { approvalId, actionDigest, policyDigest, agent, type, target, severity, riskScore, reason, purpose } =
    approval;
  const about: FormAbout = { approvalId, actionDigest, policyDigest, verdict, channel };
  const call = chunksOf(jsonText({ type, target, arguments: approval.arguments }));
  const fits = call.length <= MOST_ARGUMENT_BLOCKS;
  const blocks: Block[] = [
    section(`${shown(agent)} asks. Severity ${severity}, risk ${String(riskScore)}. ${shown(reason)}`),
    ...(purpose === null ? [] : [section(`Purpose: ${shown(purpose)}`)]),
    ...(approval.edit === null
      ? []
      : [section(`The arguments are those that ${shown(approval.edit.by)} put in place.`)]),
    ...(fits
      ? call.map(section)
      : [section(`The arguments are too long to be shown here. Read them and decide: ${links.card(approvalId)}`)]),
    section(`Action digest ${actionDigest}`),
    ...(fits ? [commentField()] : []),
  ];
  return {
    type: 'modal',
    callback_id: FORM,
    private_metadata: JSON.stringify(about),
    title: plain(`${WORDS[verdict]} the action`, 24),
    close: plain('Back', 24),
    ...(fits ? { submit: plain(WORDS[verdict], 24) } : {}),
    blocks,
  };
}

function commentField(): Block {
  return {
    ...{ type: 'input', block_id: COMMENT, optional: true },
    label: plain('Comment: it goes on record, and to the agent'),
    element: { type: 'plain_text_input', action_id: COMMENT, multiline: true, max_length: 3000 },
  };
}

/** What a form was about and what was written into it; null where it is no form of ours. */
export function readForm(view: {
  callback_id: string;
  private_metadata: string;
  state: { values: Record<string, Record<string, { value?: string | null | undefined }>> };
}): { about: FormAbout; comment: string | undefined } | null {
  if (view.callback_id !== FORM) return null;
  try {
    const about = aboutSchema.parse(JSON.parse(view.private_metadata));
    const comment = view.state.values[COMMENT]?.[COMMENT]?.value?.trim();
    return { about, comment: comment === '' ? undefined : comment };
  } catch {
    return null;
  }
}
