/** Where things are in the console. */
export const INBOX_PATH = '/console/approvals';
/** Tells the inbox when it changes. */
export const LIVE_PATH = '/console/live';
export const GRANTS_PATH = '/console/grants';
export const STOPS_PATH = '/console/stops';
export const SIGN_IN_PATH = '/console/sign-in';

/** The card of an approval. */
export function cardPath(approvalId: string): string {
  return `${INBOX_PATH}/${encodeURIComponent(approvalId)}`;
}

/** The page of an emergency stop. */
export function stopPath(stopId: string): string {
  return `${STOPS_PATH}/${encodeURIComponent(stopId)}`;
}
