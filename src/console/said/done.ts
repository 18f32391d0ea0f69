import type { VerdictWord } from '@gatehouse/sdk/contract';

/** What a form did, in a sentence. The address of a page only names it, so that nobody can put words there. */
const DONE = {
  approve: 'Your approval counts.',
  reject: 'It is rejected; nothing runs, and the agent is told why.',
  edit: 'The edited arguments were approved, and judged anew.',
  ask: 'The agent was asked.',
  delegate: 'It was delegated.',
  abstain: 'You abstain.',
  withdraw: 'You have taken it back.',
  override: 'The terms were overridden. Somebody else must look at it now.',
  look: 'Your second look is on record.',
  revoke: 'The permission was taken back; what it permitted until then stands.',
  lift: 'The stop was lifted; what it ended stays ended.',
  bulk: 'All that were ticked were answered.',
} as const satisfies Record<VerdictWord | 'look' | 'revoke' | 'lift' | 'bulk', string>;

export type Done = keyof typeof DONE;

/** The sentence for what an address names, where it names something. */
export function doneSays(name: unknown): string | undefined {
  return typeof name === 'string' && Object.hasOwn(DONE, name) ? DONE[name as Done] : undefined;
}
