import type { ClassifiedAction } from '../classify.ts';
import { textFields } from '../fields.ts';
import { findByHttp } from '../http/http.ts';
import { onlyReads } from '../only-reads.ts';
import { tokenize } from '../tokens.ts';

/** Words of an action, a tool or a target that hand a text to somebody else. */
const SENDING_WORDS = new Set(
  `send post publish broadcast notify email emails mail sms message messages tweet retweet dm forward share invite reply
   announce upload webhook comment slack discord telegram whatsapp teams outlook gmail twilio sendgrid mailchimp newsletter
   inbox chat twitter linkedin facebook instagram gist pastebin paste submit`.split(/\s+/),
);
/** Arguments that say who is to get something. */
const RECIPIENT_KEYS = new Set(
  'to cc bcc recipient recipients emails email_to to_email send_to phone phone_number to_number channel channel_id'.split(
    ' ',
  ),
);
const CODE_KEYS = new Set('command cmd script code shell bash'.split(' '));
const MAX_ADDRESSES = 10_000;

/** True when the texts of a call are bound for the outside: by what it is called, by whom it names, by where it goes. */
export function isOutbound(action: ClassifiedAction): boolean {
  const names = [action.type, action.target, action.tool?.name ?? ''];
  const sends = names.some((name) => tokenize(name).some((word) => SENDING_WORDS.has(word)));
  const { fields } = textFields(action.context);
  const named = sends || fields.some(({ key }) => RECIPIENT_KEYS.has(key));
  if (named && !onlyReads(action)) return true;
  if (findByHttp(action).some((finding) => finding.external)) return true;
  return fields.some(({ key, text }) => CODE_KEYS.has(key) && text.includes('://'));
}

/** The e-mail addresses that a call is meant for, lower-cased. */
export function recipientsOf(action: ClassifiedAction): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { key, text } of textFields(action.context).fields) {
    if (!RECIPIENT_KEYS.has(key) || found.size > MAX_ADDRESSES) continue;
    for (const one of text.slice(0, 100_000).split(/[,;\s<>]+/)) if (one.includes('@')) found.add(one.toLowerCase());
  }
  return found;
}
