export { assessRisk, severityOf } from './assess.ts';
export type { Risk, RiskInput } from './assess.ts';
export { SEVERITIES } from './weights.ts';
