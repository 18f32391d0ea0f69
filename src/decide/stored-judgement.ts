import type { Judgement } from '@gatehouse/sdk/contract';
import { plainTerms } from '@gatehouse/sdk/contract';

const PLAIN_TERMS = plainTerms(null);

/** What judgements had no word for before it was said: records are never rewritten. */
const NOT_YET_SAID: Pick<Judgement, 'advice' | 'grant' | 'shadowRules' | 'shadowOutcome'> = {
  advice: null,
  grant: null,
  shadowRules: [],
  shadowOutcome: null,
};

/** A judgement as it is on record, of an earlier version too. */
export function readJudgement(json: string): Judgement {
  const stored = JSON.parse(json) as Judgement;
  const approval = stored.approval === null ? null : { ...PLAIN_TERMS, ...stored.approval };
  return { ...NOT_YET_SAID, ...stored, approval };
}
