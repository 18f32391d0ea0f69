import type { JsonObject, Judgement } from '@gatehouse/sdk/contract';
import type { ActionRow, ApprovalRow } from '../store/actions.ts';

/** The arguments that a reviewer put in place of the agent's, as a question about them has it. */
export interface EditOfQuestion {
  by: string;
  /** Milliseconds since the epoch. */
  at: number;
  arguments: JsonObject;
  digest: string;
}

/** Who put the arguments in place that run, and what was judged of the action with them then. */
export interface EditOfAction {
  by: string;
  /** Milliseconds since the epoch. */
  at: number;
  judgement: Judgement;
}

/** The edit that a question is about; null where it is about what the agent asked. */
export function editOfQuestion({ edited_json: json }: Pick<ApprovalRow, 'edited_json'>): EditOfQuestion | null {
  return json === null ? null : (JSON.parse(json) as EditOfQuestion);
}

/** The edit of what runs; null where the agent's own arguments do. */
export function editOfAction({ edit_json: json }: Pick<ActionRow, 'edit_json'>): EditOfAction | null {
  return json === null ? null : (JSON.parse(json) as EditOfAction);
}

/** The edit of what runs, in the form that a question about it keeps. */
export function editThatRuns(action: ActionRow): EditOfQuestion | null {
  const edit = editOfAction(action);
  if (edit === null || action.run_digest === null) return null;
  return { by: edit.by, at: edit.at, arguments: argumentsThatRun(action), digest: action.run_digest };
}

/** The arguments that run: the agent's own, or those that a reviewer put in their place. */
export function argumentsThatRun(action: Pick<ActionRow, 'context_json' | 'run_context_json'>): JsonObject {
  return JSON.parse(action.run_context_json ?? action.context_json) as JsonObject;
}

/** The columns of an action whose arguments a reviewer has edited. */
export function editedColumns(
  { by, at, arguments: args, digest }: EditOfQuestion,
  judgement: Judgement,
): Pick<ActionRow, 'run_context_json' | 'run_digest' | 'edit_json'> {
  const edit: EditOfAction = { by, at, judgement };
  return { run_context_json: JSON.stringify(args), run_digest: digest, edit_json: JSON.stringify(edit) };
}
