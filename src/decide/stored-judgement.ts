import type { Judgement } from '@gatehouse/sdk/contract';

/** What judgements had no word for before it was said: records are never rewritten. */
const NOT_YET_SAID: Pick<Judgement, 'advice' | 'shadowRules' | 'shadowOutcome'> = {
  advice: null,
  shadowRules: [],
  shadowOutcome: null,
};

/** A judgement as it is on record, of an earlier version too. */
export function readJudgement(json: string): Judgement {
  return { ...NOT_YET_SAID, ...(JSON.parse(json) as Judgement) };
}
