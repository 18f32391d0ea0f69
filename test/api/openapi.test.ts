import { execFileSync } from 'node:child_process';
import { approvalViewSchema, guardAnswerSchema, guardRequestSchema } from '@gatehouse/sdk/contract';
import { describeApi } from '../../src/api/openapi/describe.ts';
import { EXAMPLES } from '../../src/api/openapi/examples.ts';
import { OPERATIONS } from '../../src/api/openapi/operations.ts';
import type { RunningApp } from './support/running-app.ts';
import { runApp } from './support/running-app.ts';

/** The validator is an ES module, which jest cannot load: it runs in a Node of its own. */
const VALIDATE = `
  import { text } from 'node:stream/consumers';
  import { Validator } from '@seriousme/openapi-schema-validator';
  const validator = new Validator();
  const { valid, errors } = await validator.validate(JSON.parse(await text(process.stdin)));
  console.log(JSON.stringify({ valid, errors, version: validator.version }));
`;

function validate(document: unknown): unknown {
  const node = ['--input-type=module', '--eval', VALIDATE];
  return JSON.parse(
    execFileSync(process.execPath, node, { input: JSON.stringify(document), cwd: __dirname, encoding: 'utf8' }),
  );
}

type Document = Record<string, unknown> & {
  paths: Record<string, Record<string, { responses: Record<string, unknown>; requestBody?: unknown }>>;
  components: {
    schemas: Record<string, { required?: string[]; additionalProperties?: boolean; examples?: unknown[] }>;
  };
};

describe('the OpenAPI document', () => {
  let app: RunningApp;
  let document: Document;
  beforeAll(async () => {
    app = await runApp();
    document = (await app.call('GET', '/openapi.json', { key: null })).json as Document;
  });
  afterAll(() => app.server.close());

  it('is valid OpenAPI 3.1', () => {
    expect(validate(document)).toEqual({ valid: true, version: '3.1' });
  });

  it('would not be called valid with a mistake in it', () => {
    expect(validate({ ...document, paths: { guard: {} } })).toMatchObject({ valid: false });
  });

  it('refers to nothing that it does not hold', () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]*)"/g)].map((match) => match[1] ?? '');
    expect(refs.length).toBeGreaterThan(20);
    for (const ref of refs)
      expect(document.components.schemas).toHaveProperty(ref.replace('#/components/schemas/', ''));
  });

  it('is made from the schemas that validate: what may be left out of a request is not required there', () => {
    expect(document.components.schemas['GuardRequest']).toMatchObject({
      required: ['action'],
      additionalProperties: false,
    });
    expect(document.components.schemas['GuardAnswer']?.required).toEqual(expect.arrayContaining(['decision', 'mode']));
    expect(document.components.schemas['GuardAnswer']).not.toHaveProperty('additionalProperties');
  });

  it('names every refusal that a key and a body can meet', () => {
    const responses = document.paths['/api/v1/guard']?.['post']?.responses ?? {};
    expect(Object.keys(responses)).toEqual(
      expect.arrayContaining(['200', '400', '401', '413', '415', '422', '500', '503']),
    );
  });

  it('describes operations that are there: none answers 404 for its path or 405', async () => {
    for (const { method, path } of OPERATIONS) {
      const real = path
        .replace('{id}', path.includes('approvals') ? 'apr_7Yk2mQ_1' : 'act_7Yk2mQ')
        .replace('grants/act_7Yk2mQ', 'grants/grt_7Yk2mQ_1')
        .replace('keys/act_7Yk2mQ', 'keys/5f2c1a9e0b7d4c36')
        .replace('stops/act_7Yk2mQ', 'stops/stp_4Hn2vKqLr8sTzWbY')
        .replace('inventory/act_7Yk2mQ', 'inventory/github%2Fdelete_branch')
        .replace('{digest}', 'sha256:12cd34ef')
        .replace('{code}', 'internal');
      const key = /policy|grants|background|inventory|audit|notices|stops|keys|principals/.test(path)
        ? 'admin'
        : 'agent';
      const answer = await app.call(method.toUpperCase(), real, { key, ...(method === 'post' ? { raw: '{' } : {}) });
      expect({ real, status: [200, 400].includes(answer.status) ? 'there' : answer.status }).toEqual({
        real,
        status: 'there',
      });
    }
  });

  it('shows examples that hold against their schemas', () => {
    expect(guardRequestSchema.safeParse(EXAMPLES.GuardRequest).success).toBe(true);
    expect(guardAnswerSchema.safeParse(EXAMPLES.GuardAnswer).success).toBe(true);
    expect(approvalViewSchema.safeParse(EXAMPLES.ApprovalView).success).toBe(true);
    for (const name of Object.keys(EXAMPLES)) expect(document.components.schemas[name]?.examples).toHaveLength(1);
  });

  it('is the same for the same version', () => {
    expect(describeApi('1.2.3')).toEqual(describeApi('1.2.3'));
  });
});
