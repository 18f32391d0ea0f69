import type { Gateway } from '../gateway.ts';
import * as actions from './actions.ts';
import { answer } from './answers.ts';
import * as approvals from './approvals.ts';
import { auditCheckpoints, auditEvents, auditExport } from './audit.ts';
import { background } from './background.ts';
import type { GatewayDeps } from './deps.ts';
import { grant, grants, revoke } from './grants.ts';
import { approvalGroups } from './groups.ts';
import { guard } from './guard.ts';
import * as changes from './inventory-changes.ts';
import * as reads from './inventory-reads.ts';
import { keys, make, principals, revoke as revokeKey, rotate } from './keys.ts';
import { notices } from './notices.ts';
import { activatePolicy } from './policy-activate.ts';
import { policyState, policyVersion, policyVersions } from './policy-reads.ts';
import { explainRecorded, explainRequest } from './policy-tools-explain.ts';
import { simulate, suggestions } from './policy-tools-trials.ts';
import { readiness } from './readiness.ts';
import { reconciliations } from './reconciliations.ts';
import { refuseNamed } from './refused-verdict.ts';
import { secondLook } from './second-look.ts';
import { liftStop, throwStop } from './stops.ts';
import { stop, stoppedActions, stops, stopsInForce } from './stops-reads.ts';
import { verdict } from './verdict.ts';
import { verdictKeys } from './verdict-keys.ts';
import { verdicts } from './verdicts.ts';

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
    approvalGroups: (...args) => approvalGroups(deps, ...args),
    verdict: (...args) => verdict(deps, ...args),
    refuseNamed: (...args) => refuseNamed(deps, ...args),
    verdicts: (...args) => verdicts(deps, ...args),
    answer: (...args) => answer(deps, ...args),
    secondLook: (...args) => secondLook(deps, ...args),
    background: (...args) => background(deps, ...args),
    audit: {
      events: (...args) => auditEvents(deps, ...args),
      export: (...args) => auditExport(deps, ...args),
      checkpoints: (...args) => auditCheckpoints(deps, ...args),
    },
    grants: {
      list: (...args) => grants(deps, ...args),
      show: (...args) => grant(deps, ...args),
      revoke: (...args) => revoke(deps, ...args),
    },
    inventory: {
      import: (...args) => changes.importInventory(deps, ...args),
      accept: (...args) => changes.acceptInventory(deps, ...args),
      list: (...args) => reads.listInventory(deps, ...args),
      diff: (...args) => reads.diffInventory(deps, ...args),
      show: (...args) => reads.showInventory(deps, ...args),
    },
    keys: {
      list: (...args) => keys(deps, ...args),
      make: (...args) => make(deps, ...args),
      rotate: (...args) => rotate(deps, ...args),
      revoke: (...args) => revokeKey(deps, ...args),
      principals: (...args) => principals(deps, ...args),
    },
    notices: { list: (...args) => notices(deps, ...args) },
    policy: {
      state: (...args) => policyState(deps, ...args),
      versions: (...args) => policyVersions(deps, ...args),
      version: (...args) => policyVersion(deps, ...args),
      activate: (...args) => activatePolicy(deps, ...args),
    },
    policyTools: {
      explain: (...args) => explainRequest(deps, ...args),
      explanation: (...args) => explainRecorded(deps, ...args),
      simulate: (...args) => simulate(deps, ...args),
      suggestions: (...args) => suggestions(deps, ...args),
    },
    stops: {
      throw: (...args) => throwStop(deps, ...args),
      list: (...args) => stops(deps, ...args),
      show: (...args) => stop(deps, ...args),
      actions: (...args) => stoppedActions(deps, ...args),
      lift: (...args) => liftStop(deps, ...args),
      inForce: () => stopsInForce(deps),
    },
    verdictKeys: () => verdictKeys(deps),
    reconciliation: { list: (...args) => reconciliations(deps, ...args) },
    readiness: () => readiness(deps),
  };
}
