import type { Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { setTimeout as delay } from 'node:timers/promises';
import { searchAttributeKeys, statusAttribute } from '../workflows/search-attributes.ts';
import { isGrpc } from './grpc.ts';

const KEYWORD = proto.temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD;
const POLL_MS = 250;
const KNOWN_MS = 90_000;
const CALL_MS = 10_000;

/** Search attributes are missing, and these credentials may not add them, or they are of another kind. */
export class SearchAttributesError extends Error {
  override readonly name = 'SearchAttributesError';

  constructor(
    readonly namespace: string,
    readonly attributes: readonly string[],
    reason: string,
    options?: ErrorOptions,
  ) {
    const commands = attributes.map(
      (name) => `  temporal operator search-attribute create --namespace ${namespace} --name ${name} --type Keyword`,
    );
    super(`${reason}: ${attributes.join(', ')}. Create them as Keyword:\n${commands.join('\n')}`, options);
  }
}

/**
 * Sees to it that the namespace has Gatehouse's search attributes, and that the server knows them. Safe to repeat.
 * Where only an administrator may add them (Temporal Cloud), it checks that they exist.
 * @throws {SearchAttributesError} that says how to create what is missing.
 */
export async function registerSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  const present = await presentAttributes(connection, namespace);
  const names = searchAttributeKeys.map(({ name }) => name);
  const wrong = names.filter((name) => present.has(name) && present.get(name) !== KEYWORD);
  if (wrong.length > 0) throw new SearchAttributesError(namespace, wrong, 'Search attributes are of another kind');
  const missing = names.filter((name) => !present.has(name));
  if (missing.length === 0) return;
  await add(connection, namespace, missing);
  await untilKnown(connection, namespace);
}

async function presentAttributes(connection: Connection, namespace: string): Promise<Map<string, number>> {
  try {
    const { customAttributes } = await bounded(connection, () =>
      connection.operatorService.listSearchAttributes({ namespace }),
    );
    return new Map(Object.entries(customAttributes));
  } catch (error) {
    if (!isGrpc(error, 'permissionDenied', 'unauthenticated', 'unimplemented')) throw error;
  }
  // Cloud has no operator service for clients, but tells everyone which attributes can be searched.
  const { keys } = await bounded(connection, () => connection.workflowService.getSearchAttributes({}));
  return new Map(Object.entries(keys));
}

async function add(connection: Connection, namespace: string, missing: readonly string[]): Promise<void> {
  try {
    await bounded(connection, () =>
      connection.operatorService.addSearchAttributes({
        namespace,
        searchAttributes: Object.fromEntries(missing.map((name) => [name, KEYWORD])),
      }),
    );
  } catch (error) {
    // Another process of the same start may have been quicker.
    if (isGrpc(error, 'alreadyExists')) return;
    const reason = isGrpc(error, 'permissionDenied', 'unauthenticated', 'unimplemented')
      ? 'Search attributes are missing, and these credentials may not add them'
      : 'Search attributes cannot be added';
    throw new SearchAttributesError(namespace, missing, reason, { cause: error });
  }
}

// Servers refresh what they know of attributes up to a minute late, and refuse workflows that use unknown ones.
async function untilKnown(connection: Connection, namespace: string): Promise<void> {
  const deadline = Date.now() + KNOWN_MS;
  for (;;) {
    try {
      await bounded(connection, () =>
        connection.workflowService.countWorkflowExecutions({ namespace, query: `${statusAttribute.name} = 'none'` }),
      );
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await delay(POLL_MS);
    }
  }
}

function bounded<T>(connection: Connection, call: () => Promise<T>): Promise<T> {
  return connection.withDeadline(Date.now() + CALL_MS, call);
}
