import type { JsonObject } from '@gatehouse/sdk/contract';
import { classify, readyFor } from '../../../src/classify/index.ts';

async function classOf(context: JsonObject, type = 'graphql'): Promise<string> {
  const action = { type, target: 'shop', context };
  await readyFor(action);
  const { operation, destructive } = classify(action);
  return destructive ? `${operation}, destructive` : operation;
}

test.each<[query: string, expected: string]>([
  ['{ orders(first: 5) { id } }', 'read'],
  ['query Orders { orders { id } }', 'read'],
  ['# all\nsubscription { orderChanged { id } }', 'read'],
  ['mutation { createOrder(id: 1) { id } }', 'write'],
  ['mutation M { deleteOrder(id: 1) { id } }', 'delete, destructive'],
  ['mutation { frobnicate }', 'unknown'],
  ['mutation { getOrder { id } }', 'unknown'],
  ['query A { a } mutation B { deleteAll }', 'delete, destructive'],
  ['mutation { ...F } fragment F on Mutation { deleteAll }', 'unknown'],
  ['mutation { deleteOrder(', 'execute, destructive'],
])('%s is %s', async (query, expected) => {
  expect(await classOf({ query })).toBe(expected);
});

test('a mutation shows under any name of a call, and a query lowers no verb of it', async () => {
  expect(await classOf({ query: 'mutation { deleteOrder }' }, 'get_orders')).toBe('delete, destructive');
  expect(await classOf({ query: '{ orders { id } }' }, 'delete_orders')).toBe('delete, destructive');
});

test('a query that was read says nothing for the command beside it', async () => {
  expect(await classOf({ query: '{ orders { id } }', command: 'frob $(' })).toBe('execute, destructive');
});

test.each(['{', 'a{', 'query{a', '#', 'mutation '])('a megabyte of %j takes bounded time', async (unit) => {
  const query = `mutation { ${unit.repeat(1_000_000 / unit.length)}`;
  expect(await classOf({ query })).toBe('execute, destructive');
});
