import { z } from 'zod';
import { capabilityStatusSchema } from '../../inventory/wire.ts';
import { inventoryCursorSchema, inventoryLimitSchema, originSchema, serverSchema } from '../inventory.ts';
import type { Operation, Parameter } from './operation.ts';

const server: Parameter = { name: 'server', in: 'query', schema: serverSchema };
const page: readonly Parameter[] = [
  { name: 'limit', in: 'query', schema: inventoryLimitSchema },
  { name: 'cursor', in: 'query', schema: inventoryCursorSchema },
];

/** The operations of the inventory. */
export const INVENTORY_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/v1/inventory',
    id: 'listInventory',
    summary: 'What agents are able to do, as imports and traffic show it. Reviewers and admins only',
    tag: 'inventory',
    parameters: [
      server,
      { name: 'status', in: 'query', schema: capabilityStatusSchema },
      { name: 'origin', in: 'query', schema: originSchema },
      ...page,
    ],
    answer: 'CapabilityList',
    problems: ['invalid_request', 'forbidden'],
  },
  {
    method: 'post',
    path: '/api/v1/inventory/imports',
    id: 'importInventory',
    summary: 'Put everything that a server offers now into the inventory. Admins only',
    tag: 'inventory',
    body: 'ImportRequest',
    answer: 'ImportAnswer',
    problems: ['forbidden'],
  },
  {
    method: 'get',
    path: '/api/v1/inventory/diff',
    id: 'diffInventory',
    summary: 'What is new, changed or gone since somebody looked. Reviewers and admins only',
    tag: 'inventory',
    parameters: [server, ...page],
    answer: 'InventoryDiff',
    problems: ['invalid_request', 'forbidden'],
  },
  {
    method: 'post',
    path: '/api/v1/inventory/accept',
    id: 'acceptInventory',
    summary: 'Take capabilities for looked at, bound to the digests that were shown: all or none. Admins only',
    tag: 'inventory',
    body: 'AcceptRequest',
    answer: 'AcceptAnswer',
    problems: ['forbidden', 'not_found', 'digest_mismatch'],
  },
  {
    method: 'get',
    path: '/api/v1/inventory/{id}',
    id: 'getCapability',
    summary: 'One capability, whole. Reviewers and admins only',
    tag: 'inventory',
    parameters: [
      {
        name: 'id',
        in: 'path',
        schema: z.string().meta({ description: 'server/name, its slash encoded as %2F' }),
      },
    ],
    answer: 'CapabilityDetail',
    problems: ['forbidden', 'not_found'],
  },
];
