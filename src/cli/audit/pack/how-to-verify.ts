import canonicalize from 'canonicalize';
import { digestAction } from '../../../decide/digest.ts';
import type { JsonObject } from '@gatehouse/sdk/contract';
import type { Evidence } from './evidence.ts';
import { lines, markup, type Html } from './html.ts';

/** What a reader does to check the pack against the systems that it was made from, and what needs neither. */
export function howToVerify({ action }: Evidence): Html {
  const { type, target, agent, id } = action;
  const args = JSON.parse(action.context_json) as JsonObject;
  const isWhole = digestAction({ type, target, arguments: args, agent }) === action.digest;
  // Encoded, so that what is copied is what is hashed, whatever stands in it.
  const bytes = Buffer.from(canonicalize({ type, target, arguments: args, agent }) ?? '', 'utf8').toString('base64');
  const chain =
    'gatehouse audit verify\ngatehouse audit export --format ndjson > record.ndjson\ngatehouse-verify record.ndjson';
  return markup`<ol>
<li>The digest of the action is the SHA-256 of its canonical JSON (RFC 8785). ${
    isWhole
      ? markup`This prints it, from what was asked, to be compared with the digest above: ${lines(`echo ${bytes} | base64 -d | sha256sum`)}`
      : markup`The record does not keep all of what was asked: whoever has it can compare it with the digest above.`
  }</li>
<li>Each entry of the record is a link of a chain, as docs/audit.md describes it. Ask the gate for its proof: ${lines(chain)}</li>
<li>Each verdict is signed with Ed25519 over the canonical JSON of its fields, the id of the action and the purpose
<code>gatehouse-verdict-v2</code>, by the key that is shown with it.</li>
<li>Both systems must tell the same story: ${lines(`gatehouse audit story ${id}\ngatehouse audit reconcile --histories`)}</li>
</ol>`;
}
