import { ask } from '../support/asking.ts';
import { payloadKeysFile } from '../support/payload-keys.ts';
import { WORD_POLICY } from '../support/policies.ts';
import { startStack, type Stack } from '../support/stack.ts';

const UI = 'http://127.0.0.1:8080';
const SECRET = 'hunter2';

interface JsonPayload {
  metadata: Record<string, string>;
  data: string;
}

let stack: Stack;
let payload: JsonPayload;
beforeAll(async () => {
  stack = await startStack({
    policy: { 'words.yaml': WORD_POLICY },
    env: { GATEHOUSE_PAYLOAD_KEYS: payloadKeysFile(), GATEHOUSE_TEMPORAL_UI_ORIGIN: UI },
  });
  const { actionId } = await ask(stack, 'held_word', { context: { secret: SECRET } });
  payload = await inputOf(actionId);
});
afterAll(async () => {
  await stack.stop();
});

/** The input of a workflow as its server has it, in the form in which the Temporal UI sends it on. */
async function inputOf(actionId: string): Promise<JsonPayload> {
  const { events } = await stack.client.workflow.getHandle(actionId).fetchHistory();
  const [input] = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
  const text = (bytes: Uint8Array | null | undefined) => Buffer.from(bytes ?? []).toString('base64');
  const metadata = Object.entries(input?.metadata ?? {}).map(([name, value]) => [name, text(value)] as const);
  return { metadata: Object.fromEntries(metadata), data: text(input?.data) };
}

interface Asked {
  headers?: Record<string, string>;
  payloads?: unknown[];
  path?: string;
}

function post({ headers = {}, payloads = [payload], path = 'decode' }: Asked): Promise<Response> {
  return fetch(`${stack.url}/api/v1/codec/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-namespace': stack.link.namespace, ...headers },
    body: JSON.stringify({ payloads }),
  });
}

async function decoded(response: Response): Promise<string[]> {
  expect(response.status).toBe(200);
  const { payloads } = (await response.json()) as { payloads: JsonPayload[] };
  return payloads.map(({ data }) => Buffer.from(data, 'base64').toString('utf8'));
}

const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });

/** Signs in to the console as the Temporal UI's user would, and returns the cookie. */
async function sessionCookie(): Promise<string> {
  const signedIn = await fetch(`${stack.url}/console/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: stack.url },
    body: new URLSearchParams({ key: stack.keys.reviewer }),
  });
  const cookie = signedIn.headers.getSetCookie().find((each) => each.startsWith('gatehouse_session='));
  return cookie?.split(';')[0] ?? '';
}

describe('the codec endpoint', () => {
  it("decrypts a real workflow's input for the key of a reviewer, as the Temporal UI asks for it", async () => {
    const [text] = await decoded(await post({ headers: { ...bearer(stack.keys.reviewer), origin: UI } }));
    expect(JSON.parse(text ?? '')).toMatchObject({ type: 'held_word', context: { secret: SECRET } });
  });

  it('decrypts for whoever is signed in to the console', async () => {
    const cookie = await sessionCookie();
    const [text] = await decoded(await post({ headers: { cookie, origin: UI } }));
    expect(text).toContain(SECRET);
  });

  it.each([
    ['without a key or a session', () => ({}), 401],
    ['with a session that never was', () => ({ cookie: `gatehouse_session=${'x'.repeat(43)}` }), 401],
    ['with the key of an agent', () => bearer(stack.keys.agent), 403],
    ['from a page of another origin', () => ({ ...bearer(stack.keys.admin), origin: 'https://evil.example' }), 403],
    ['from a page without an origin', () => ({ ...bearer(stack.keys.admin), origin: 'null' }), 403],
  ])('refuses %s', async (_what, headers, status) => {
    const response = await post({ headers: headers() });
    expect(response.status).toBe(status);
    expect(await response.text()).not.toContain(SECRET);
  });

  it('tells the pages of the Temporal UI beforehand that they may ask, and no others', async () => {
    const preflight = (origin: string) =>
      fetch(`${stack.url}/api/v1/codec/decode`, { method: 'OPTIONS', headers: { origin } });
    const ui = await preflight(UI);
    expect(ui.status).toBe(204);
    expect(Object.fromEntries(ui.headers)).toMatchObject({
      'access-control-allow-origin': UI,
      'access-control-allow-credentials': 'true',
      'access-control-allow-headers': 'Authorization, Content-Type, X-Namespace',
      vary: 'Origin',
    });
    const other = await preflight('https://evil.example');
    expect(other.status).toBe(403);
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('gives back what it cannot decrypt as it came, beside what it can', async () => {
    const turned = { ...payload, data: `${payload.data.slice(0, -8)}AAAAAAA=` };
    const foreign = { metadata: { encoding: Buffer.from('json/plain').toString('base64') }, data: 'e30=' };
    const response = await post({ headers: bearer(stack.keys.admin), payloads: [turned, foreign, payload] });
    const { payloads } = (await response.json()) as { payloads: JsonPayload[] };
    expect(payloads.slice(0, 2)).toEqual([turned, foreign]);
    expect(payloads[2]?.data).not.toBe(payload.data);
  });

  it('encrypts for nobody, and bounds what it reads', async () => {
    expect((await post({ path: 'encode', headers: bearer(stack.keys.admin) })).status).toBe(403);
    const many = Array.from({ length: 1_001 }, () => ({ metadata: {}, data: '' }));
    expect((await post({ headers: bearer(stack.keys.admin), payloads: many })).status).toBe(400);
    const large = [{ metadata: {}, data: 'A'.repeat(9 * 1024 * 1024) }];
    expect((await post({ headers: bearer(stack.keys.admin), payloads: large })).status).toBe(413);
  });
});
