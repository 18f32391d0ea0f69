import { z } from 'zod';
import type { Operation, Parameter } from './operation.ts';

const keyId: Parameter = { name: 'id', in: 'path', schema: z.string().meta({ description: 'The keyId of the key' }) };

/** Keys, and who holds them. */
export const KEY_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/v1/keys',
    id: 'listKeys',
    summary: 'Every key without the keys themselves, the oldest first. Owners, admins and auditors only',
    tag: 'keys',
    answer: 'KeyList',
    problems: ['forbidden'],
  },
  {
    method: 'post',
    path: '/api/v1/keys',
    id: 'makeKey',
    summary: 'Make a key; its text is in this answer and nowhere else. Admins; owners for keys of admins and owners',
    tag: 'keys',
    body: 'KeyRequest',
    answer: 'MadeKey',
    problems: ['forbidden'],
  },
  {
    method: 'delete',
    path: '/api/v1/keys/{id}',
    id: 'revokeKey',
    summary: 'Revoke a key for good; within a second it opens nothing any more',
    tag: 'keys',
    parameters: [keyId],
    answer: 'KeyView',
    problems: ['forbidden', 'not_found'],
  },
  {
    method: 'post',
    path: '/api/v1/keys/{id}/rotate',
    id: 'rotateKey',
    summary: 'Make a key that takes the place of another, which goes on for an overlap and ends by itself',
    tag: 'keys',
    parameters: [keyId],
    body: 'RotateKeyRequest',
    bodyOptional: true,
    answer: 'MadeKey',
    problems: ['forbidden', 'not_found'],
  },
  {
    method: 'get',
    path: '/api/v1/principals',
    id: 'listPrincipals',
    summary: 'Who is known here: agents, people and services, with owner, team, environment and parent',
    tag: 'keys',
    answer: 'PrincipalList',
    problems: ['forbidden'],
  },
];
