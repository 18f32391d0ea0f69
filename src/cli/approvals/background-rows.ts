import type { ApprovalBackground } from '@gatehouse/sdk/contract';
import { Card, type CardStyle } from '../card.ts';

/** What the session did before, and what people said to questions like this one. */
export function backgroundCard({ session, similar }: ApprovalBackground, style: CardStyle): string[] {
  const card = new Card(style);
  session.forEach(({ at, type, target, status }, nth) => {
    card.row(nth === 0 ? 'before' : '', `${at} ${type} on ${target}: ${status}`);
  });
  similar.forEach(({ at, agent, target, status, resolvedBy, comment, actionStatus, sameArguments }, nth) => {
    const by = resolvedBy === null ? '' : ` by ${resolvedBy}`;
    const same = sameArguments ? ', same arguments' : '';
    const said = comment === null ? '' : `: ${comment}`;
    card.row(
      nth === 0 ? 'similar' : '',
      `${at} ${agent} on ${target}${same}: ${status}${by}, then ${actionStatus}${said}`,
    );
  });
  // Somebody has said no to exactly this: whoever is asked again should know before anything else.
  const refused = similar.find(({ sameArguments, status }) => sameArguments && status === 'denied');
  if (refused !== undefined) {
    card.row('again', `the same was refused by ${refused.resolvedBy ?? 'nobody'}, asked at ${refused.at}`);
    card.alarm('The same request was refused before: see the row "again".');
  }
  return card.finish();
}
