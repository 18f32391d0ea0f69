/** What somebody needs to approve from a shell. */
export interface ApprovalFacts {
  url: string;
  /** The file with the reviewer's key. */
  keysFile: string;
  approvalId: string;
  actionDigest: string;
  policyDigest: string;
  /** The workflow's id is the action's. */
  actionId: string;
  gatehouseCommand: string;
  temporal: { command: string; address: string; namespace: string };
}

/** The page to decide on, and three commands that each approve the action, ready to paste into a POSIX shell. */
export function howToApprove(facts: ApprovalFacts): Record<'page' | 'gatehouse' | 'curl' | 'temporal', string> {
  const { approvalId, actionDigest, policyDigest, actionId, temporal } = facts;
  const body = JSON.stringify({ verdict: 'approve', actionDigest, policyDigest });
  const url = facts.url.replace(/\/$/, '');
  const readKey = `JSON.parse(require("fs").readFileSync(process.argv[1],"utf8")).reviewer`;
  return {
    page: `${url}/console/approvals/${encodeURIComponent(approvalId)}`,
    gatehouse: `${facts.gatehouseCommand} approvals approve ${quote(approvalId)}`,
    curl: [
      `curl -sS -X POST ${quote(`${url}/api/v1/approvals/${encodeURIComponent(approvalId)}/verdict`)}`,
      `-H "authorization: Bearer $(node -p '${readKey}' ${quote(facts.keysFile)})"`,
      `-H 'content-type: application/json' -d ${quote(body)}`,
    ].join(' '),
    temporal: [
      `${quote(temporal.command)} workflow signal --address ${quote(temporal.address)} --namespace ${quote(temporal.namespace)}`,
      `--workflow-id ${quote(actionId)} --name approve`,
    ].join(' '),
  };
}

/** One word for a POSIX shell. Plain words stay as they are, to be read more easily. */
export function quote(word: string): string {
  return /^[A-Za-z0-9_./:@=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
