import { createHash, randomBytes } from 'node:crypto';
import type { Store } from './open.ts';

/** Long enough for a password, a second factor and a telephone that has to be found first. */
const UNDER_WAY_MS = 10 * 60_000;
/** Whoever starts sign-ins without end must not fill the store. */
const MOST_UNDER_WAY = 10_000;

/** A sign-in that is under way. */
export interface UnderWay {
  /** What the provider's answer must fit; null where the page itself asks for a key. */
  asked: { state: string; nonce: string; verifier: string } | null;
  /** Where to go afterwards. */
  next: string;
  /** Whether it must be a new proof of who it is, whatever the provider remembers. */
  fresh: boolean;
  /** The session that it replaces, as it is stored. */
  sessionId: string | null;
  /** Who asked for it, where somebody was signed in. */
  principal: string | null;
  /** What was being typed, as JSON. */
  draft: string | null;
}

/** Keeps a sign-in until the browser comes back. What the browser is to hold, or null when there are too many under way. */
export async function keepSignIn(
  store: Store,
  underWay: UnderWay,
  now: number,
): Promise<{ token: string; expiresAt: number } | null> {
  await store.db.deleteFrom('sign_ins').where('expires_at', '<=', now).execute();
  const { count } = await store.db
    .selectFrom('sign_ins')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  if (count >= MOST_UNDER_WAY) return null;
  const token = randomBytes(32).toString('base64url');
  const expiresAt = now + UNDER_WAY_MS;
  await store.db
    .insertInto('sign_ins')
    .values({ id: hashOf(token), data_json: JSON.stringify(underWay), expires_at: expiresAt })
    .execute();
  return { token, expiresAt };
}

/** Takes a sign-in up again, once: whoever comes second gets null, as for one that is unknown or too old. */
export async function takeSignIn(store: Store, token: string, now: number): Promise<UnderWay | null> {
  const row = await store.db
    .deleteFrom('sign_ins')
    .where('id', '=', hashOf(token))
    .returning(['data_json', 'expires_at'])
    .executeTakeFirst();
  return row === undefined || row.expires_at <= now ? null : (JSON.parse(row.data_json) as UnderWay);
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
