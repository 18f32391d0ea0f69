/** Where things are in the console. */
export const INBOX_PATH = '/console/approvals';
/** Tells the inbox when it changes. */
export const LIVE_PATH = '/console/live';
export const GRANTS_PATH = '/console/grants';
export const SIGN_IN_PATH = '/console/sign-in';

/** The card of an approval. */
export function cardPath(approvalId: string): string {
  return `${INBOX_PATH}/${encodeURIComponent(approvalId)}`;
}
