import { temporal } from '@temporalio/proto';
import { randomUUID } from 'node:crypto';
import { TemporalUnreachableError, connectTemporal, localTarget } from '../../src/temporal/connect.ts';
import { ensureNamespace } from '../../src/temporal/namespace.ts';
import { freePort } from '../../src/temporal/ports.ts';
import { SearchAttributesError, registerSearchAttributes } from '../../src/temporal/search-attributes.ts';
import { searchAttributeKeys } from '../../src/workflows/search-attributes.ts';
import { testTemporal } from '../support/temporal.ts';

const DAY = 86_400;

describe('the connection to Temporal', () => {
  test('a server that does not answer is named, with the fix', async () => {
    const address = `127.0.0.1:${await freePort(0)}`;
    const failure = connectTemporal(localTarget(address, 'default'), { boundMs: 300 });
    await expect(failure).rejects.toThrow(TemporalUnreachableError);
    await expect(failure).rejects.toThrow(`at ${address} cannot be used`);
    await expect(failure).rejects.toThrow('TEMPORAL_ADDRESS');
  });

  test('nothing is compressed on loopback, and the default stays elsewhere', async () => {
    const { address, namespace } = testTemporal();
    const { connection, nativeOptions } = await connectTemporal(localTarget(address, namespace));
    expect(nativeOptions).toEqual({ address, grpcCompression: { codec: 'none' } });
    await connection.close();
  });

  test('a missing namespace is registered with its retention, and a repeat changes nothing', async () => {
    const { address } = testTemporal();
    const namespace = `ns-${randomUUID()}`;
    const { connection } = await connectTemporal(localTarget(address, namespace));
    const retention = async () => {
      const { config } = await connection.workflowService.describeNamespace({ namespace });
      return Number(config?.workflowExecutionRetentionTtl?.seconds);
    };
    await ensureNamespace(connection, namespace, { retentionDays: 2 });
    expect(await retention()).toBe(2 * DAY);
    await ensureNamespace(connection, namespace);
    expect(await retention()).toBe(2 * DAY);
    await ensureNamespace(connection, namespace, { raiseRetention: true });
    expect(await retention()).toBe(30 * DAY);
    await ensureNamespace(connection, namespace, { retentionDays: 1, raiseRetention: true });
    expect(await retention()).toBe(30 * DAY);
    await connection.close();
  });

  test('search attributes are registered once, also when two start together, and can be searched at once', async () => {
    const { address } = testTemporal();
    const namespace = `ns-${randomUUID()}`;
    const { connection } = await connectTemporal(localTarget(address, namespace));
    await ensureNamespace(connection, namespace);
    await Promise.all([
      registerSearchAttributes(connection, namespace),
      registerSearchAttributes(connection, namespace),
    ]);
    await registerSearchAttributes(connection, namespace);
    for (const { name } of searchAttributeKeys) {
      const query = `${name} = 'x'`;
      const { count } = await connection.workflowService.countWorkflowExecutions({ namespace, query });
      expect(Number(count)).toBe(0);
    }
    await connection.close();
  });

  test('an attribute of another kind is refused with its name and the command', async () => {
    const { address } = testTemporal();
    const namespace = `ns-${randomUUID()}`;
    const { connection } = await connectTemporal(localTarget(address, namespace));
    await ensureNamespace(connection, namespace);
    const { INDEXED_VALUE_TYPE_INT: int } = temporal.api.enums.v1.IndexedValueType;
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: { GatehouseStatus: int } });
    const failure = registerSearchAttributes(connection, namespace);
    await expect(failure).rejects.toThrow(SearchAttributesError);
    await expect(failure).rejects.toThrow('--name GatehouseStatus --type Keyword');
    await connection.close();
  });
});
