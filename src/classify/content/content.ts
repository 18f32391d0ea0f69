import type { ClassifiedAction } from '../classify.ts';
import { textFields } from '../fields.ts';
import type { Finding } from '../finding.ts';
import { once } from '../once.ts';
import type { ContentFinding, LeakKind, RawFind } from './finding.ts';
import { mask } from './finding.ts';
import { contentLibraries, scanWithLibraries } from './libraries.ts';
import { isOutbound, recipientsOf } from './outbound.ts';
import type { OutgoingText } from './outgoing-text.ts';
import { joinTexts } from './outgoing-text.ts';
import { findPeople } from './people.ts';
import { findKeyFormats, findPrivateKeys } from './secrets.ts';

const SECRET_KINDS: ReadonlySet<LeakKind> = new Set(['secret', 'private_key']);
const MAX_CONTENT = 100;

interface Scanned {
  content: ContentFinding[];
  /** What was not looked at, in words. */
  unread: string | undefined;
}

/** What was found in the texts of a call that is bound for the outside, in their order; at most 100 finds. */
export function findContent(action: ClassifiedAction): ContentFinding[] {
  return scan(action).content;
}

/** Secrets and personal data that are about to leave, as findings: masked, with their place. */
export function findByContent(action: ClassifiedAction): Finding[] {
  const { content, unread } = scan(action);
  const findings: Finding[] = content.map(({ kind, name, part, at, masked }) => ({
    external: true,
    sensitivity: SECRET_KINDS.has(kind) ? 'secrets' : 'personal',
    part,
    at,
    says: `it sends out ${name} (${masked})`,
  }));
  if (unread !== undefined) findings.push({ sensitivity: 'secrets', part: 'context', says: unread });
  return findings;
}

/** Read once for each action, from the moment on when the libraries are there. */
function scan(action: ClassifiedAction): Scanned {
  return contentLibraries.isReady() ? scanOnce(action) : look(action);
}

function look(action: ClassifiedAction): Scanned {
  if (!isOutbound(action)) return { content: [], unread: undefined };
  const { fields, complete } = textFields(action.context);
  const outgoing = joinTexts(fields, complete);
  const { text } = outgoing;
  const byLibraries = scanWithLibraries(text);
  const raw = [
    ...findPrivateKeys(text),
    ...findKeyFormats(text),
    ...(typeof byLibraries === 'string' ? [] : byLibraries),
    ...findPeople(text, recipientsOf(action)),
  ];
  const unread = !outgoing.complete
    ? 'it sends out more than can be looked through for secrets'
    : byLibraries === 'broken'
      ? 'what it sends out could not be looked through for secrets'
      : undefined;
  return { content: located(raw, outgoing), unread };
}

const scanOnce = once(look);

/** Leads finds back to their arguments; of finds that overlap, the first scanner's stays. */
function located(raw: readonly RawFind[], outgoing: OutgoingText): ContentFinding[] {
  const kept: RawFind[] = [];
  for (const find of raw) {
    if (kept.length >= MAX_CONTENT) break;
    const isList = find.shown !== undefined;
    if (isList || !kept.some((one) => one.shown === undefined && one.start < find.end && find.start < one.end))
      kept.push(find);
  }
  return kept
    .sort((a, b) => a.start - b.start)
    .flatMap(({ kind, name, start, end, shown }) => {
      const place = outgoing.locate(start, end);
      if (place === undefined) return [];
      const at = { start: place.start, end: place.end };
      return [{ kind, name, part: place.part, at, masked: shown ?? mask(place.value) }];
    });
}
