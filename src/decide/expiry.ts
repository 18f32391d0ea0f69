import type { ApprovalTerms } from '@gatehouse/sdk/contract';
import { afterOpenTime } from '../policy/index.ts';

/** Stands in the record for a question that stays open until it is answered: 9999-12-31. */
export const NEVER = Date.UTC(9999, 11, 31);

/** When a question expires that is asked at `at`, both in milliseconds since the epoch. Its clock may have hours. */
export function expiryOf({ expiresInSeconds, hours }: ApprovalTerms, at: number): number {
  return expiresInSeconds === null ? NEVER : afterOpenTime(hours, at, expiresInSeconds);
}

/** The same as people read it; null for never. */
export function sayExpiry(expiresAt: number): string | null {
  return expiresAt === NEVER ? null : new Date(expiresAt).toISOString();
}
