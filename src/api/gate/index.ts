import type { Gateway } from '../gateway.ts';
import * as actions from './actions.ts';
import * as approvals from './approvals.ts';
import type { GatewayDeps } from './deps.ts';
import { guard } from './guard.ts';
import { readiness } from './readiness.ts';

export type { GatewayDeps } from './deps.ts';

/** The gateway over a real store and real workflows. */
export function createGateway(deps: GatewayDeps): Gateway {
  return {
    guard: (...args) => guard(deps, ...args),
    action: (...args) => actions.action(deps, ...args),
    actions: (...args) => actions.actions(deps, ...args),
    claim: (...args) => actions.claim(deps, ...args),
    report: (...args) => actions.report(deps, ...args),
    cancel: (...args) => actions.cancel(deps, ...args),
    approval: (...args) => approvals.approval(deps, ...args),
    approvals: (...args) => approvals.approvals(deps, ...args),
    verdict: (...args) => approvals.verdict(deps, ...args),
    readiness: () => readiness(deps),
  };
}
