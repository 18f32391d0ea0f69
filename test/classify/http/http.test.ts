import type { JsonObject } from '@gatehouse/sdk/contract';
import { strictest } from '../../../src/classify/finding.ts';
import { findByHttp } from '../../../src/classify/http/http.ts';

const find = (context: JsonObject, type = 'http_request') => findByHttp({ type, target: 'service', context });
const classOf = (context: JsonObject, type?: string) => strictest(find(context, type));
const says = (context: JsonObject, type?: string): string =>
  find(context, type)
    .map((finding) => finding.says)
    .join('; ');

const URL = 'https://api.example.com/v1/users';

test.each([
  ['GET', 'read', false],
  ['head', 'read', false],
  ['OPTIONS', 'read', false],
  [' post ', 'write', false],
  ['PUT', 'write', false],
  ['PATCH', 'write', false],
  ['DELETE', 'delete', true],
  ['BREW', 'unknown', true],
  ['__proto__', 'unknown', true],
])('the method %s is %s', (method, operation, destructive) => {
  expect(classOf({ method, url: URL })).toMatchObject({ operation, destructive, external: true });
});

test.each<[string, JsonObject]>([
  ['a header', { headers: { 'X-HTTP-Method-Override': 'DELETE' } }],
  ['a header in a list', { headers: ['Accept: */*', 'x-method-override: delete'] }],
  ['a header as an object in a list', { headers: [{ name: 'X-HTTP-Method', value: 'DELETE' }] }],
  ['the query', { url: `${URL}?_method=delete` }],
  ['the body', { body: { _method: 'DELETE' } }],
])('%s that overrides the method counts', (_, fields) => {
  expect(classOf({ method: 'POST', url: URL, ...fields })).toMatchObject({ operation: 'delete', destructive: true });
});

test('a request that was read in full settles what its carrier leaves open, and nothing else does', () => {
  const settles = (context: JsonObject, type: string): boolean =>
    find(context, type).some((finding) => finding.settles);
  expect(settles({ method: 'GET', url: URL }, 'http_request')).toBe(true);
  expect(settles({ url: URL }, 'fetch_url')).toBe(true);
  expect(settles({ method: 'GET', url: URL }, 'run_job')).toBe(false);
  expect(settles({ method: 'GET', url: URL, script: 'x' }, 'http_request')).toBe(false);
  expect(settles({ method: 'POST', url: 'https://api.example.com/graphql' }, 'http_request')).toBe(false);
  expect(settles({ method: 'GET', url: 'http://[::1' }, 'http_request')).toBe(false);
});

test('a request with a body and no method is a write, and each of many requests counts', () => {
  expect(classOf({ url: URL, body: '{}' }).operation).toBe('write');
  const requests = [{ method: 'GET', url: URL }, { endpoint: 'DELETE /v1/users/5' }];
  expect(classOf({ requests })).toMatchObject({ operation: 'delete', destructive: true });
});

test('a read whose path destroys is no read', () => {
  expect(classOf({ method: 'GET', url: `${URL}/5/delete` }).operation).toBe('delete');
  expect(classOf({ method: 'GET', url: `${URL}?action=purge` }).operation).toBe('delete');
  expect(classOf({ method: 'GET', url: `${URL}/deleted` }).operation).toBe('read');
});

test.each([
  ['http://localhost:3000/', 'machine itself', false],
  ['http://127.1/', '127.0.0.1 is this machine itself', false],
  ['http://2130706433/', '127.0.0.1 is this machine itself', false],
  ['http://0x7f.0.0.1/', 'does not show', false],
  ['http://0177.0.0.1/', 'does not show', false],
  ['http://[::1]/', 'machine itself', false],
  ['http://0.0.0.0/', 'machine itself', false],
  ['http://10.1.2.3/', 'private network', false],
  ['http://192.168.0.1.nip.io/', 'private network', false],
  ['http://[fd12::1]/', 'private network', false],
  ['http://169.254.1.1/', 'link-local', true],
  ['http://169.254.169.254/latest/meta-data/', 'metadata', true],
  ['http://[::ffff:a9fe:a9fe]/', 'metadata', true],
  ['http://[64:ff9b::a9fe:a9fe]/', 'metadata', true],
  ['http://[fd00:ec2::254]/', 'metadata', true],
  ['http://METADATA.google.internal./', 'metadata', true],
  ['http://100.100.100.200/', 'metadata', true],
])('%s: %s', (url, expected, external) => {
  expect(says({ method: 'GET', url })).toContain(expected);
  expect(classOf({ method: 'GET', url })).toMatchObject({ sensitivity: ['secrets'], external });
});

test.each([
  'http://orders.svc/',
  'https://wiki.corp',
  'http://printer.local',
  'http://db:5432/',
  'https://a.b.internal/',
])('%s stays inside', (url) =>
  expect(classOf({ method: 'GET', url })).toMatchObject({ external: false, sensitivity: [] }),
);

test.each([
  ['https://paypal.com@shop.example/', 'before the @'],
  ['https://paypal.com.login.example/', 'begins like "paypal"'],
  ['https://p\u0430ypal.com/', 'mixes Latin and Cyrillic'],
  ['https://xn--pypal-4ve.com/', 'reads like "paypal"'],
  ['https://paypa1.com/', 'reads like "paypal"'],
  ['https://rnicrosoft.com/', 'reads like "microsoft"'],
  ['https://8.8.8.8/', 'bare address'],
])('%s is shown for what it is: %s', (url, expected) => expect(says({ method: 'GET', url })).toContain(expected));

test.each(['https://www.google.de/', 'https://docs.github.com/', 'https://münchen.de/', 'https://paypal.com/x'])(
  '%s looks like nobody else',
  (url) => expect(says({ method: 'GET', url })).not.toMatch(/reads like|begins like|mixes/),
);

test.each([
  'file:///etc/passwd',
  'gopher://127.0.0.1:6379/_FLUSHALL',
  'javascript:alert(1)',
  'data:text/html,x',
  'ftp://example.com/x',
  'jar:https://example.com/x!/y',
  'http://exa mple.com',
  'http://[::1',
  'http://256.1.1.1/',
])('%s is in the strictest class', (url) => {
  expect(classOf({ url }, 'fetch')).toMatchObject({ operation: 'unknown', destructive: true, external: true });
});

test('credentials in a URL are evidence and are never shown', () => {
  const found = find({ method: 'GET', url: 'https://joe:hunter2@example.com/' });
  expect(strictest(found).sensitivity).toEqual(['secrets']);
  expect(JSON.stringify(found)).not.toMatch(/joe|hunter2/);
  expect(JSON.stringify(found)).toContain('***@');
});

test('a text may mention any address; one that no honest text needs is named with its place', () => {
  expect(find({ body: 'see https://example.com/a, http://10.0.0.1 and http://localhost' }, 'add_note')).toEqual([]);
  expect(find({ body: 'open http://169.254.169.254/x.' }, 'add_note')).toMatchObject([
    { sensitivity: 'secrets', part: 'context.body', at: { start: 5, end: 29 } },
  ]);
});

test('resources of other schemes are not requests', () => {
  expect(find({ uri: 'memo://notes/1' }, 'read_resource')).toEqual([]);
  expect(find({ uri: 'file:///srv/a.txt' }, 'read_resource')).toEqual([]);
});
