import type { EmailChannel } from '../config.ts';
import type { Links } from '../links.ts';
import { facts, headline, meanwhile, what } from '../says.ts';
import { argumentsAsked, type Subject } from '../subject.ts';
import { escapeJson } from '../../foreign/escape.ts';

/** One mail, ready to send. */
export interface Mail {
  subject: string;
  text: string;
  html: string;
  messageId: string;
  /** The thread that it belongs to; null where it stands alone. */
  thread: string | null;
}

interface Mailing {
  deliveryId: string;
  channel: Pick<EmailChannel, 'includeArguments'>;
  from: string;
  links: Links;
}

/** A paragraph, a list of labelled facts, or a link. */
type Part = { text: string } | { facts: [label: string, text: string][] } | { link: string; label: string };

const FOOTER =
  'Opening the link decides nothing: whoever is signed in there answers. Do not forward this to somebody who should not see it.';

/** The mail about one notice, or about several. All mails about one action are one thread. */
export function mailAbout(subjects: readonly Subject[], mailing: Mailing): Mail {
  const [first] = subjects;
  const { deliveryId, from, links } = mailing;
  const domain = from.slice(from.lastIndexOf('@') + 1);
  const messageId = `<${deliveryId}@${domain}>`;
  if (first === undefined || subjects.length > 1) {
    const title = `${String(subjects.length)} notices`;
    const parts: Part[] = [
      { text: `${title}, gathered into one mail because many came at once:` },
      { facts: subjects.map((subject) => [headline(subject.kind), aboutOne(subject, links)]) },
      { link: links.inbox(), label: 'Open the inbox' },
    ];
    return { subject: `[Gatehouse] ${title}`, ...bodies(parts), messageId, thread: null };
  }
  const { action, approval, kind, data } = first;
  const about = `[Gatehouse] ${what(first)}${approval === null ? '' : ` (${approval.severity})`}`;
  // Mail programs put into one thread what has one subject: what happened stands in the first line of the text.
  const isReply = action !== null && !(kind === 'held' && data['round'] === 1);
  return {
    subject: action === null ? `[Gatehouse] ${headline(kind)}: ${what(first)}` : `${isReply ? 'Re: ' : ''}${about}`,
    ...bodies(partsOf(first, mailing)),
    messageId,
    thread: action === null ? null : `<${action.id}@${domain}>`,
  };
}

function partsOf(subject: Subject, { channel, links }: Mailing): Part[] {
  const { action, approval } = subject;
  const now = meanwhile(subject);
  return [
    { text: `${headline(subject.kind)}: ${what(subject)}` },
    ...(now === null ? [] : [{ text: now }]),
    { facts: facts(subject) },
    ...(channel.includeArguments && action !== null && approval !== null
      ? [{ text: `Arguments: ${escapeJson(argumentsAsked(action, approval))}` }]
      : []),
    approval === null
      ? { link: links.inbox(), label: 'Open the console' }
      : { link: links.card(approval.id), label: approval.status === 'pending' ? 'Read and decide' : 'Read it' },
  ];
}

function aboutOne(subject: Subject, links: Links): string {
  const { approval } = subject;
  return approval === null ? what(subject) : `${what(subject)}, now ${approval.status} ${links.card(approval.id)}`;
}

function bodies(parts: readonly Part[]): { text: string; html: string } {
  const text = [...parts.map(asText), FOOTER].join('\n\n');
  const html = `<!doctype html><html><body>${parts.map(asHtml).join('')}<p><small>${escapeHtml(FOOTER)}</small></p></body></html>`;
  return { text: `${text}\n`, html };
}

function asText(part: Part): string {
  if ('link' in part) return `${part.label}: ${part.link}`;
  return 'facts' in part ? part.facts.map(([label, text]) => `${label}: ${text}`).join('\n') : part.text;
}

function asHtml(part: Part): string {
  if ('link' in part) return `<p><a href="${escapeHtml(part.link)}">${escapeHtml(part.label)}</a></p>`;
  if ('text' in part) return `<p>${escapeHtml(part.text)}</p>`;
  const rows = part.facts.map(
    ([label, text]) => `<tr><th align="left">${escapeHtml(label)}</th><td>${escapeHtml(text)}</td></tr>`,
  );
  return `<table cellpadding="4">${rows.join('')}</table>`;
}

function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": '#39' };
  return text.replace(/[&<>"']/g, (character) => `&${entities[character] ?? ''};`);
}

/** The mail that shows that mails arrive. */
export function testMail({ deliveryId, from, links }: Omit<Mailing, 'channel'>): Mail {
  const parts: Part[] = [
    { text: 'Mails of Gatehouse arrive at this address.' },
    { link: links.inbox(), label: 'Open the inbox' },
  ];
  const messageId = `<${deliveryId}@${from.slice(from.lastIndexOf('@') + 1)}>`;
  return { subject: '[Gatehouse] Test of notices', ...bodies(parts), messageId, thread: null };
}
