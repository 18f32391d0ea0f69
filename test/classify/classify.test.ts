import type { JsonObject } from '@gatehouse/sdk/contract';
import { classify, examine } from '../../src/classify/index.ts';

test.each<[string, string, JsonObject, string]>([
  ['read_balance', 'staging_database', {}, 'read payment staging'],
  ['delete_records', 'production_database', {}, 'delete database production'],
  ['create_charge', 'x', {}, 'write payment unknown'],
  ['process_refund', 'x', {}, 'write payment unknown'],
  ['update_subscription', 'x', {}, 'write payment unknown'],
  ['execute_query', 'x', {}, 'execute database unknown'],
  ['modify_schema', 'x', {}, 'administer database unknown'],
  ['bulk_update', 'x', {}, 'write database unknown'],
  ['terminate_instance', 'prod-cluster', {}, 'delete cloud production'],
  ['modify_security', 'x', {}, 'administer cloud unknown'],
  ['deploy_service', 'x', {}, 'execute cloud unknown'],
  ['scale_resources', 'x', {}, 'write cloud unknown'],
  ['send_email', 'x', {}, 'write messaging unknown'],
  ['send_sms', 'x', {}, 'write messaging unknown'],
  ['post_message', 'x', {}, 'write messaging unknown'],
  ['broadcast_notification', 'x', {}, 'write messaging unknown'],
  ['call_api', 'x', {}, 'execute api unknown'],
  ['modify_webhook', 'x', {}, 'write api unknown'],
  ['sync_data', 'x', {}, 'write api unknown'],
  ['update_integration', 'x', {}, 'write api unknown'],
  ['generate_document', 'x', {}, 'write filesystem unknown'],
  ['export_data', 'x', {}, 'write api unknown'],
  ['modify_record', 'x', {}, 'write database unknown'],
  ['approve_request', 'x', {}, 'administer api unknown'],
  ['s3:DeleteObject', 'x', {}, 'delete cloud unknown'],
  ['s3:GetObject', 'x', {}, 'read cloud unknown'],
  ['usersDelete', 'x', {}, 'delete unknown unknown'],
  ['mcp__shop__list_orders', 'x', {}, 'read unknown unknown'],
  ['get_refund', 'x', {}, 'read payment unknown'],
  ['get_and_charge', 'x', {}, 'write payment unknown'],
  ['get_bulkdelete', 'x', {}, 'delete unknown unknown'],
  ['list_deleted_items', 'x', {}, 'read unknown unknown'],
  ['frob_list', 'x', {}, 'unknown unknown unknown'],
  ['getanddelete', 'x', {}, 'delete unknown unknown'],
  ['frobnicate', 'x', {}, 'unknown unknown unknown'],
  ['get_tаble', 'x', {}, 'unknown unknown unknown'],
  ['get_user', 'x', { environment: 'production' }, 'read unknown production'],
  ['get_user', 'production', { environment: 'staging' }, 'read unknown production'],
  ['get_user', 'x', { env: 'staging' }, 'read unknown staging'],
  ['get_user', 'staging', { env: 'moon' }, 'read unknown unknown'],
  ['get_user', 'x', { options: { method: 'DELETE' } }, 'delete unknown unknown'],
  ['get_user', 'x', { sql: 'SELECT 1' }, 'execute unknown unknown'],
  ['get_user', 'x', { operation: 'removeAll' }, 'delete unknown unknown'],
  ['get_products', 'product_catalog', { query: 'red; blue' }, 'execute unknown unknown'],
  ['get_products', 'product_catalog', { query: 'red' }, 'read unknown unknown'],
])('%s on %s with %j is %s', (type, target, context, expected) => {
  const { operation, targetKind, environment } = classify({ type, target, context });
  expect(`${operation} ${targetKind} ${environment}`).toBe(expected);
});

test('arguments beyond the limits are not vouched for, and take bounded time', () => {
  const wide = { list: Array.from({ length: 200_000 }, () => 1) };
  expect(classify({ type: 'get_user', target: 'x', context: wide }).operation).toBe('unknown');
  expect(examine({ type: 'get_user', target: 'x', context: wide })).toMatchObject({ everything: true });
});

test.each<[JsonObject, object]>([
  [{ to: ['a', 'b'], cc: 'c;d' }, { recipients: { state: 'known', value: 4 } }],
  [{ to: 5 }, { recipients: { state: 'unclear' } }],
  [{ to: '@channel' }, { everything: true }],
  [{ where: '' }, { everything: true }],
  [{ where: "'a' = 'a'" }, { everything: true }],
  [{ filter: {} }, { everything: true }],
  [{ where: 'id = 7' }, { everything: false }],
  [{ row_count: '7' }, { count: { state: 'unclear' } }],
  [{ ids: [1, 2, 3] }, { count: { state: 'known', value: 3 } }],
  [{ path: '/etc/shadow' }, { sensitivity: ['secrets'] }],
  [{ columns: ['name', 'ssn'] }, { sensitivity: ['personal'] }],
])('in %j it finds %j', (context, expected) => {
  expect(examine({ type: 'x', target: 'x', context })).toMatchObject(expected);
});

test.each(['A', 'a', '_', 'aB', '(', "'", ' ', '1=', '%', ',', '\u0130', '\ud800'])(
  'a megabyte of %j anywhere in the arguments is looked through in one go',
  (unit) => {
    const text = unit.repeat(1_000_000 / unit.length);
    const keys = ['environment', 'operation', 'query', 'method', 'path', 'to', 'where', 'amount', 'count', text];
    const action = { type: 'get_user', target: 'x', context: Object.fromEntries(keys.map((key) => [key, text])) };
    expect(classify(action).environment).toBe('unknown');
    expect(examine(action).amount).toEqual({ state: 'unclear' });
  },
);
