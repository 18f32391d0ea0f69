import type { JsonObject } from '@gatehouse/sdk/contract';
import { readOpenApi } from '../../src/inventory/read-openapi.ts';
import { SourceError } from '../../src/inventory/source-error.ts';

const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' }, description: 'Of the user' };
const body = { required: true, content: { 'application/json': { schema: { type: 'object', example: { a: 1 } } } } };

function read(paths: JsonObject) {
  return readOpenApi({
    openapi: '3.1.0',
    info: { title: 'Users API', version: '7' },
    servers: [{ url: 'https://api.example.com/v1/' }],
    paths,
  });
}

test('each operation is a capability, named by its id or by method and path', () => {
  const { title, version, tools } = read({
    '/users/{id}': {
      parameters: [id],
      get: { operationId: 'users/get', summary: 'Get a user', description: 'Gets one user.' },
      delete: { summary: 'Delete a user', deprecated: true },
    },
    '/users': { post: { operationId: 'users/create', requestBody: body } },
  });
  expect([title, version]).toEqual(['Users API', '7']);
  expect(tools).toEqual([
    {
      name: 'users/get',
      description: 'Get a user\n\nGets one user.',
      inputSchema: {
        type: 'object',
        properties: { id: { type: 'string', description: 'Of the user' } },
        required: ['id'],
      },
      annotations: { method: 'GET', url: 'https://api.example.com/v1/users/{id}' },
    },
    expect.objectContaining({
      name: 'DELETE /users/{id}',
      annotations: { method: 'DELETE', url: 'https://api.example.com/v1/users/{id}', deprecated: true },
    }),
    expect.objectContaining({
      name: 'users/create',
      inputSchema: { type: 'object', properties: { body: { type: 'object' } }, required: ['body'] },
    }),
  ]);
});

test('a parameter of the operation stands over that of the path, and two of one name are both kept', () => {
  const wider = { ...id, schema: { type: 'integer' }, required: false };
  const inQuery = { name: 'id', in: 'query', schema: { type: 'boolean' } };
  const [tool] = read({ '/users/{id}': { parameters: [id], get: { parameters: [wider, inQuery] } } }).tools;
  expect(tool?.inputSchema).toMatchObject({
    properties: { id: { type: 'integer' }, 'id (query)': { type: 'boolean' } },
  });
});

test('two operations of one name are refused: nobody could tell which is meant', () => {
  const paths = { '/a': { get: { operationId: 'x' } }, '/b': { get: { operationId: 'x' } } };
  expect(() => read(paths)).toThrow(SourceError);
  expect(() => read(paths)).toThrow('Two operations are named "x"');
});

test('a document without paths offers nothing, whatever else is in it', () => {
  expect(readOpenApi({ openapi: '3.0.0', paths: { '/a': null, '/b': [], '/c': { get: 3 } } })).toEqual({
    title: 'api',
    version: undefined,
    tools: [],
  });
});
