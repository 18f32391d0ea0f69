import type { MatchedRule } from '@gatehouse/sdk/contract';
import { TOOL_CHANGED_RULE } from '../policy/index.ts';
import { serverOfAction } from '../store/capability-id.ts';
import type { JudgedAction, Situation } from './assess.ts';

/**
 * The engine's own rule for a tool that is not described as it was when somebody looked: whatever was allowed, was
 * allowed for another tool, so a person looks first.
 */
export function changedTool(action: JudgedAction, { tool }: Situation): MatchedRule | null {
  if (tool !== 'changed') return null;
  const reason =
    `The tool ${action.tool?.name ?? action.type} of ${serverOfAction(action)} is not described as it was when ` +
    'somebody last looked at it, so a person must approve its calls until somebody accepts it in the inventory.';
  return { id: TOOL_CHANGED_RULE, effect: 'require_approval', reason };
}
