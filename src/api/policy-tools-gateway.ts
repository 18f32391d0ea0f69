import type { Explanation } from '../policy/explain/explanation.ts';
import type { ParsedExplainRequest } from '../policy/explain/request.ts';
import type { SimulationReport } from '../policy/simulate/report.ts';
import type { ParsedSimulateRequest } from '../policy/simulate/request.ts';
import type { Suggestions } from '../policy/suggest/suggestion.ts';
import type { Caller } from './gateway.ts';

export interface SuggestionsOptions {
  /** How far to look back. */
  days: number;
  /** So often people must have answered before their answers say anything. */
  least: number;
}

/** What the routes of the policy tools call. Every method throws `GateProblem` for what it refuses. */
export interface PolicyToolsGateway {
  explain(caller: Caller, request: ParsedExplainRequest): Promise<Explanation>;
  explanation(caller: Caller, actionId: string): Promise<Explanation>;
  simulate(caller: Caller, request: ParsedSimulateRequest, signal: AbortSignal): Promise<SimulationReport>;
  suggestions(caller: Caller, options: SuggestionsOptions, signal: AbortSignal): Promise<Suggestions>;
}
