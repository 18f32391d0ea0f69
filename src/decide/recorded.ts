import type { Tool } from '@gatehouse/sdk/contract';
import type { ActionRow } from '../store/actions.ts';
import type { Asker } from '../workflows/messages.ts';
import { argumentsThatRun } from './edited.ts';
import type { JudgedAction } from './judge.ts';

/** An action on record in the form in which it is judged: what would run, and what was known when it was decided first. */
export function judgedAction(row: ActionRow): JudgedAction {
  return {
    type: row.type,
    target: row.target,
    context: argumentsThatRun(row),
    agent: row.agent,
    ...(row.tool_json === null ? {} : { tool: JSON.parse(row.tool_json) as Tool }),
    ...(row.session === null ? {} : { session: row.session }),
    ...(row.tags_json === null ? {} : { tags: JSON.parse(row.tags_json) as string[] }),
    ...(row.asker_json === null ? {} : { asker: JSON.parse(row.asker_json) as Asker }),
  };
}
