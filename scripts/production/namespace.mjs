import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import proto from '@temporalio/proto';

const DAY_SECONDS = 24 * 60 * 60;
const INVALID_ARGUMENT = 3;
const NOT_FOUND = 5;
const KEYWORD = proto.temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD;

/** The search attributes that Gatehouse's workflows set; a test holds this list equal to the workflow's own. */
export const SEARCH_ATTRIBUTES = [
  'GatehouseAgent',
  'GatehouseAction',
  'GatehouseOutcome',
  'GatehouseStatus',
  'GatehouseSeverity',
  'GatehousePolicy',
];

/**
 * Registers a namespace with its search attributes and waits until the server knows both.
 * @param {{ address: string, namespace: string, retentionDays: number }} options
 */
export async function registerNamespace({ address, namespace, retentionDays }) {
  const connection = await Connection.connect({ address });
  try {
    const { workflowService, operatorService } = connection;
    const retention = { seconds: retentionDays * DAY_SECONDS };
    await workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: retention });
    // The frontend learns of a new namespace with the next refresh of its cache.
    await known(() => workflowService.describeNamespace({ namespace }));
    const searchAttributes = Object.fromEntries(SEARCH_ATTRIBUTES.map((name) => [name, KEYWORD]));
    await known(() => operatorService.addSearchAttributes({ namespace, searchAttributes }));
    await known(
      () => workflowService.listWorkflowExecutions({ namespace, query: `${SEARCH_ATTRIBUTES[0]} = 'nobody'` }),
      INVALID_ARGUMENT,
    );
  } finally {
    await connection.close();
  }
}

async function known(call, alsoRetry = NOT_FOUND) {
  const deadline = Date.now() + 30_000;
  for (;;) {
    try {
      return await call();
    } catch (error) {
      const code = error?.code;
      if ((code !== NOT_FOUND && code !== alsoRetry) || Date.now() > deadline) throw error;
      await pause(50);
    }
  }
}
