import { createHmac, timingSafeEqual } from 'node:crypto';

/** A request as it came in: the very bytes of its body, and what its headers say. */
export interface SignedRequest {
  body: Buffer;
  timestamp: string | undefined;
  signature: string | undefined;
}

/** How far the time of a request may be from ours. */
export const TOLERANCE_MS = 5 * 60_000;

/** Why a request is not taken for Slack's, in words for the log; null where it is Slack's. */
export function whyNotSlack(
  { body, timestamp, signature }: SignedRequest,
  secrets: readonly string[],
  now: number,
): string | null {
  if (timestamp === undefined || !/^\d{1,12}$/.test(timestamp)) return 'it has no X-Slack-Request-Timestamp';
  if (signature === undefined || !/^v0=[0-9a-f]{64}$/.test(signature))
    return 'it has no X-Slack-Signature of version v0';
  if (Math.abs(now - Number(timestamp) * 1000) > TOLERANCE_MS) return 'it is older than five minutes, or of the future';
  const given = Buffer.from(signature);
  // All are compared, whichever fits.
  const fits = secrets.map((secret) => timingSafeEqual(Buffer.from(slackSignature(secret, timestamp, body)), given));
  return fits.includes(true) ? null : 'its signature is of no signing secret of ours';
}

/** The signature that Slack puts on a request. */
export function slackSignature(secret: string, timestamp: string, body: Buffer): string {
  const hmac = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body);
  return `v0=${hmac.digest('hex')}`;
}
