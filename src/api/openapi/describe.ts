import { componentSchemas } from './components.ts';
import { OPERATIONS } from './operations.ts';
import { operationObject } from './operation.ts';

/** The whole API as an OpenAPI 3.1 document. Every call makes a new one. */
export function describeApi(version: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of OPERATIONS) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: operationObject(operation) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Gatehouse',
      version,
      summary: 'The execution control layer for AI agents',
      description:
        'Every action that an agent wants to take is asked for here, decided, and seen through to its outcome.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ key: [] }],
    tags: [
      { name: 'actions', description: 'Ask, claim, report' },
      { name: 'approvals', description: 'The questions that people answer' },
      { name: 'audit', description: 'The record: search, copies, signed heads, and its comparison with Temporal' },
      { name: 'grants', description: 'Standing permissions: what agents may do again without being asked' },
      { name: 'inventory', description: 'What agents are able to do, and who has looked at it' },
      { name: 'keys', description: 'Keys, and who holds them' },
      { name: 'notices', description: 'Who was told of what' },
      { name: 'policy', description: 'What is in force, every version that was, and the change to another' },
      { name: 'service', description: 'Health and description; no key needed' },
    ],
    paths,
    components: {
      schemas: componentSchemas(),
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'A key of an agent, a reviewer or an admin' },
      },
    },
  };
}
