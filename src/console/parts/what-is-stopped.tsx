import type { StopView } from '@gatehouse/sdk/contract';
import { Foreign } from './foreign.tsx';

const NOUNS = {
  agent: 'The agent',
  team: 'The team',
  type: 'The action type',
  target: 'The target',
  server: 'The tool server',
} as const;

/** What a stop covers, in a few words. */
export function WhatIsStopped({ stop: { scope, value } }: { stop: Pick<StopView, 'scope' | 'value'> }) {
  if (scope === 'everything') return <>Everything</>;
  return (
    <>
      {NOUNS[scope]} <Foreign text={value ?? ''} />
    </>
  );
}
