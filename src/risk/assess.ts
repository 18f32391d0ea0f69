import type { Classification, RiskFactor, Severity } from '@gatehouse/sdk/contract';
import type { ClassifiedAction, Examination, Quantity } from '../classify/index.ts';
import { examine } from '../classify/index.ts';
import {
  AMOUNT_BANDS,
  ANONYMOUS_AGENTS,
  ANONYMOUS_POINTS,
  bandPoints,
  COUNT_BANDS,
  ENVIRONMENT_POINTS,
  EVERYTHING_POINTS,
  KIND_POINTS,
  OPERATION_POINTS,
  SENSITIVITY_POINTS,
  SEVERITY_BANDS,
} from './weights.ts';

export interface RiskInput {
  classification: Classification;
  action: ClassifiedAction;
  /** The name of the agent that asks. */
  agent: string;
  /** What `examine` found in the action, where the caller has it already. */
  found?: Examination;
}

export interface Risk {
  /** 0 to 100. */
  score: number;
  severity: Severity;
  /** What the score is made of, in a fixed order; only factors that add points. */
  factors: RiskFactor[];
}

/** How much harm an action could do: the sum of its named factors, at most 100. Never throws. */
export function assessRisk(input: RiskInput): Risk {
  const { operation, targetKind, environment } = input.classification;
  const found = input.found ?? examine(input.action, input.classification);
  const factors: RiskFactor[] = [
    factor('operation', OPERATION_POINTS[operation], `${operation} operation`),
    factor(
      'target',
      KIND_POINTS[targetKind],
      targetKind === 'unknown' ? 'a target of unknown kind' : `a ${targetKind} target`,
    ),
    factor(
      'environment',
      ENVIRONMENT_POINTS[environment],
      environment === 'unknown' ? 'the environment is not named' : environment,
    ),
    ...found.sensitivity.map((kind) =>
      factor(`sensitivity.${kind}`, SENSITIVITY_POINTS[kind], `it touches ${SAYS[kind]}`),
    ),
    factor('amount', bandPoints(found.amount, AMOUNT_BANDS), says('amount', found.amount)),
    factor('count', bandPoints(found.count, COUNT_BANDS), says('count', found.count)),
    factor('recipients', bandPoints(found.recipients, COUNT_BANDS), says('number of recipients', found.recipients)),
    factor('everything', found.everything ? EVERYTHING_POINTS : 0, 'it reaches everything or everyone at once'),
    factor(
      'agent',
      ANONYMOUS_AGENTS.has(input.agent.trim().toLowerCase()) ? ANONYMOUS_POINTS : 0,
      'the agent is anonymous',
    ),
  ].filter((one) => one.points > 0);
  const score = Math.min(
    100,
    factors.reduce((sum, one) => sum + one.points, 0),
  );
  return { score, severity: severityOf(score), factors };
}

/** The severity that a score of 0 to 100 falls in. */
export function severityOf(score: number): Severity {
  return SEVERITY_BANDS.find(([from]) => score >= from)?.[1] ?? 'low';
}

const SAYS = { secrets: 'secrets', personal: 'personal data', money: 'money' };

function factor(name: string, points: number, says: string): RiskFactor {
  return { name, points, says };
}

function says(what: string, quantity: Quantity): string {
  return quantity.state === 'known' ? `${what} ${quantity.value}` : `a ${what} that cannot be understood`;
}
