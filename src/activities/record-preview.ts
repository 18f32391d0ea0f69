import type { ApprovalView } from '@gatehouse/sdk/contract';
import type { DecideDeps } from '../decide/deps.ts';
import { writeProgress } from '../store/approval-progress.ts';

export interface RecordPreviewInput {
  actionId: string;
  approvalId: string;
  preview: NonNullable<ApprovalView['preview']>;
}

/** Puts beside an open question what the executor says that it would do. It tells people something and decides nothing. */
export async function recordPreview(
  deps: DecideDeps,
  { actionId, approvalId, preview }: RecordPreviewInput,
): Promise<void> {
  await writeProgress(deps.store, { actionId, approvalId, set: { preview_json: JSON.stringify(preview) }, events: [] });
}
