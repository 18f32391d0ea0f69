/** Where the links of notices lead: to pages on which the person who is signed in there decides. A click alone decides nothing. */
export interface Links {
  card(approvalId: string): string;
  inbox(): string;
}

/** @param publicUrl the address under which people reach the console, without a slash at its end */
export function linksTo(publicUrl: string): Links {
  return {
    card: (approvalId) => `${publicUrl}/console/approvals/${encodeURIComponent(approvalId)}`,
    inbox: () => `${publicUrl}/console/approvals`,
  };
}
