import { defineSearchAttributeKey } from '@temporalio/common';

// Free of I/O: the workflow sandbox and the registration at start both import these.
// Search attributes are never encrypted, so none of them carries an argument of an action.
export const agentAttribute = defineSearchAttributeKey('GatehouseAgent', 'KEYWORD');
export const actionAttribute = defineSearchAttributeKey('GatehouseAction', 'KEYWORD');
export const outcomeAttribute = defineSearchAttributeKey('GatehouseOutcome', 'KEYWORD');
export const statusAttribute = defineSearchAttributeKey('GatehouseStatus', 'KEYWORD');
export const severityAttribute = defineSearchAttributeKey('GatehouseSeverity', 'KEYWORD');
export const policyAttribute = defineSearchAttributeKey('GatehousePolicy', 'KEYWORD');

/** Every attribute that a namespace must have before the first action starts. */
export const searchAttributeKeys = [
  agentAttribute,
  actionAttribute,
  outcomeAttribute,
  statusAttribute,
  severityAttribute,
  policyAttribute,
] as const;
