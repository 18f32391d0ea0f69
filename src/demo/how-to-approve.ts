/** What somebody needs to approve from a shell. */
export interface ApprovalFacts {
  url: string;
  /** The file with the reviewer's key. */
  keysFile: string;
  approvalId: string;
  actionDigest: string;
  /** The workflow's id is the action's. */
  actionId: string;
  gatehouseCommand: string;
  temporal: { command: string; address: string; namespace: string };
}

/** Three commands that each approve the action, complete and ready to paste into a POSIX shell. */
export function howToApprove(facts: ApprovalFacts): { gatehouse: string; curl: string; temporal: string } {
  const { approvalId, actionDigest, actionId, temporal } = facts;
  const body = JSON.stringify({ verdict: 'approve', actionDigest });
  const readKey = `JSON.parse(require("fs").readFileSync(process.argv[1],"utf8")).reviewer`;
  return {
    gatehouse: `${facts.gatehouseCommand} approvals approve ${quote(approvalId)}`,
    curl: [
      `curl -sS -X POST ${quote(`${facts.url.replace(/\/$/, '')}/api/v1/approvals/${encodeURIComponent(approvalId)}/verdict`)}`,
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
