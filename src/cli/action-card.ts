import type { ActionView, TimelineEntry } from '@gatehouse/sdk/contract';
import { argumentChanges } from '../console/said/changes.ts';
import { Card } from './card.ts';
import type { CardStyle } from './card.ts';
import { escapeJson, escapeText } from '../foreign/escape.ts';
import { shadowRows } from './shadow-rows.ts';

/** An action for a person at a terminal: what was asked, what was decided, what became of it. Not its timeline. */
export function actionCard(action: ActionView, style: CardStyle): string[] {
  const card = new Card(style);
  card.heading(`Action ${action.actionId}`, action.status);
  card.row('agent', action.agent);
  card.row('wants', action.type);
  card.row('on', action.target);
  if (action.purpose !== null) card.row('purpose', action.purpose);
  card.row('decision', action.decision);
  card.row('because', action.reason);
  if (action.advice !== null) card.row('advice', action.advice);
  if (action.matchedRule !== null) card.row('rule', action.matchedRule);
  shadowRows(card, action);
  card.row('risk', `${action.riskScore} of 100, ${action.severity}`);
  card.row('mode', action.mode);
  card.row('asked', action.requestedAt);
  if (action.approvalId !== null) card.row('approval', action.approvalId);
  if (action.expiresAt !== null) card.row('open until', action.expiresAt);
  card.row('workflow', action.workflowId);
  card.row('policy', action.policyDigest);
  card.row('digest', action.actionDigest);
  if (action.grant !== null) {
    const { id, name, givenBy } = action.grant;
    card.row('permission', `${name} (${id}), given by ${givenBy}`);
  }
  if (action.edit !== null) {
    const { by, at, from } = action.edit;
    card.row('edited', `by ${by} at ${at}: - what the agent asked for, + what runs`);
    card.changes('changes', argumentChanges(from, action.arguments));
  }
  card.members('arguments', action.arguments);
  const { settlement } = action;
  if (settlement !== null) {
    card.row('settled', `${settlement.status} at ${settlement.settledAt}`);
    if (settlement.reason !== null) card.row('reason', settlement.reason);
    if (settlement.error !== null) card.row('error', settlement.error);
    if (settlement.result !== undefined) card.members('result', { result: settlement.result });
  }
  return card.finish();
}

/** What stands above a timeline already, or is for whoever verifies the record. */
const NOT_FOR_PEOPLE: ReadonlySet<string> = new Set([
  'arguments',
  'judgementDigest',
  'evidenceDigest',
  'runId',
  'kept',
]);

/** One entry of a timeline as the cells of a row. */
export function timelineCells({ at, kind, actor, data }: TimelineEntry): string[] {
  const said = Object.entries(data).filter(([name]) => !NOT_FOR_PEOPLE.has(name));
  const says = said.length === 0 ? '' : escapeJson(Object.fromEntries(said));
  return [escapeText(at), escapeText(kind), escapeText(actor), says];
}
