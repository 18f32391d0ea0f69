import type { JsonObject } from '@gatehouse/sdk/contract';
import { argumentsThatRun } from '../../../decide/edited.ts';
import { readJudgement } from '../../../decide/stored-judgement.ts';
import { jsonText } from '../../../foreign/json-lines.ts';
import { moment } from '../report/report.ts';
import type { Unreadable } from '../../../reconcile/open-readable.ts';
import type { Evidence } from './evidence.ts';
import { facts, lines, markup, table, type Html } from './html.ts';
import { howToVerify } from './how-to-verify.ts';

const STYLE = `
body { font: 15px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; }
table { border-collapse: collapse; margin: .5rem 0 1.5rem; } th, td { border: 1px solid #ccc; padding: .3rem .6rem; }
th { background: #f4f4f4; } th, td { text-align: left; vertical-align: top; overflow-wrap: anywhere; }
pre { background: #f7f7f7; padding: .6rem; white-space: pre-wrap; overflow-wrap: anywhere; font-size: 13px; margin: 0; }
.bad { color: #a00; font-weight: 600; } .good { color: #060; } @media print { body { margin: 0; } }
`;

/** The pack as one HTML file: no script, nothing that is loaded, and everything foreign escaped. */
export function evidencePage(evidence: Evidence, madeAt: Date): string {
  const { action } = evidence;
  const page = markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>Evidence of ${action.id}</title>
        <style>
          ${{ html: STYLE }}
        </style>
      </head>
      <body>
        <h1>Evidence of ${action.id}</h1>
        <p>
          ${action.agent} wanted <strong>${action.type}</strong> on <strong>${action.target}</strong>, and it is
          <strong>${action.status}</strong>. Made by Gatehouse at ${madeAt.toISOString()}.
        </p>
        <h2>What was asked</h2>
        ${request(evidence)}
        <h2>What was decided, and why</h2>
        ${decision(evidence)}
        <h2>What people said</h2>
        ${approvals(evidence)}
        <h2>What happened</h2>
        ${outcome(evidence)}
        <h2>The record</h2>
        ${record(evidence)}
        <h2>How to verify it</h2>
        ${howToVerify(evidence)}
      </body>
    </html>`;
  return page.html;
}

function request({ action }: Evidence): Html {
  return facts([
    ['Agent', action.agent],
    ['Action', action.type],
    ['Target', action.target],
    ['Arguments', lines(jsonText(JSON.parse(action.context_json) as JsonObject))],
    ['Purpose, as the agent stated it', action.purpose],
    ['Asked at', moment(action.requested_at)],
    ['Who runs it', action.mode === 'executor' ? 'an executor of the gate' : 'the agent, under a permit'],
    ['Digest', action.digest],
    ...(action.run_digest === null
      ? []
      : ([
          ['Arguments that ran, as a reviewer edited them', lines(jsonText(argumentsThatRun(action)))],
          ['Digest of what ran', action.run_digest],
        ] as const)),
  ]);
}

function decision({ action }: Evidence): Html {
  const judgement = readJudgement(action.judgement_json);
  const { classification, matchedRules, riskFactors } = judgement;
  const known = facts([
    ['Outcome', judgement.outcome],
    ['Reason', judgement.reason],
    ['Rule', judgement.matchedRule],
    ['Risk', `${String(judgement.riskScore)} (${judgement.severity})`],
    ['Policy', judgement.policyDigest],
    ['Decided at', moment(action.decided_at)],
    [
      'Standing permission',
      judgement.grant === null ? null : `${judgement.grant.name}, given by ${judgement.grant.givenBy}`,
    ],
    ['What it does', `${classification.operation} on ${classification.targetKind}, ${classification.environment}`],
  ]);
  const rules = matchedRules.map(({ id, effect, reason }) => [id, effect, reason]);
  const factors = riskFactors.map(({ name, points, says }) => [name, points, says]);
  const signs = classification.evidence.map(({ part, says }) => [part, says]);
  return markup`${known}
    <h3>Rules that matched</h3>
    ${table(['Rule', 'Effect', 'Reason'], rules)}
    <h3>Risk</h3>
    ${table(['Factor', 'Points', 'Why'], factors)}
    <h3>Evidence in the call</h3>
    ${table(['Part', 'Says'], signs)}`;
}

function approvals({ approvals: asked, reviews, unreadableReviews }: Evidence): Html {
  if (asked.length === 0) return markup`<p>Nobody was asked.</p>`;
  const questions = asked.map((one) => [
    ...[one.id, moment(one.requested_at), one.status, one.resolved_by, moment(one.resolved_at), one.comment],
    [one.unsigned === 1 ? 'unsigned' : '', one.break_glass === 1 ? 'break-glass' : ''].join(' '),
  ]);
  const head = ['Question', 'Asked', 'Status', 'By', 'At', 'Comment', 'Marks'];
  const verdicts = reviews.map(({ review, counted, isSigned, publicKeyPem }) =>
    facts([
      ['Reviewer', `${review.reviewer} (${review.role}${review.groups.map((group) => `, ${group}`).join('')})`],
      ['Verdict', `${review.verdict}${howItCounted(counted)}`],
      ['Comment', review.comment],
      ['At', moment(review.at)],
      ['For', `${review.approvalId}, action ${review.actionDigest}, policy ${review.policyDigest}`],
      ['Signature', review.signature],
      ['Key', lines(`${review.keyId}\n${publicKeyPem ?? 'not known here'}`)],
      ['Checked', signed(isSigned)],
    ]),
  );
  const gaps = unreadableReviews.map((gap) => markup`<p class="bad">A verdict cannot be shown. ${unreadable(gap)}</p>`);
  return markup`${table(head, questions)}
    <h3>Verdicts with their signatures</h3>
    ${verdicts.length + gaps.length === 0 ? markup`<p>None was given by the API, or the history is gone.</p>` : [...verdicts, ...gaps]}`;
}

function howItCounted(counted: boolean | null): string {
  if (counted === null) return '; whether it counted cannot be shown';
  return counted ? '' : ', which did not count';
}

/** Why something of the history is not on the page, as its stable code and the key that it takes. */
function unreadable({ code, keyId }: Unreadable): string {
  return `${code}: encrypted with the key ${keyId}`;
}

function signed(isSigned: boolean | null): Html {
  if (isSigned === null) return markup`<span class="bad">The key is not known here</span>`;
  if (!isSigned) return markup`<span class="bad">The signature is not over this verdict</span>`;
  return markup`<span class="good">The signature is over exactly this verdict, by this key</span>`;
}

function outcome({ action, history }: Evidence): Html {
  return facts([
    ['Claimed under', action.claim_id],
    ['Claimed at', moment(action.claimed_at)],
    ['Ended as', action.status],
    ['At', moment(action.settled_at)],
    ['Reason', action.settle_reason],
    ['Result', action.result_json === null ? null : lines(jsonText(JSON.parse(action.result_json) as JsonObject))],
    ['Error', action.error],
    ['Workflow', history === null ? 'its history was not found' : `${action.id}, run ${history.facts.runId}`],
    ['History', history === null ? null : `${String(history.facts.events)} events, from ${history.from}`],
    ['SHA-256 of the archived history', history?.sha256 ?? null],
    ...(history?.unreadable ?? []).map(
      (gap) => [`Cannot be shown, of the history`, `${String(gap.payloads)} payloads. ${unreadable(gap)}`] as const,
    ),
  ]);
}

function record({ events }: Evidence): Html {
  const rows = events.map((row) => [
    row.place ?? 'not sealed yet',
    moment(row.at),
    row.kind,
    row.actor,
    row.key,
    lines(jsonText(JSON.parse(row.data_json) as JsonObject)),
    row.salt,
    row.data_digest,
    row.hash,
  ]);
  return table(['Place', 'At', 'What', 'Who', 'Key', 'Data', 'Salt', 'Data digest', 'Hash'], rows);
}
