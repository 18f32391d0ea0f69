import type { JsonObject } from '@gatehouse/sdk/contract';
import { strictest } from '../../../src/classify/finding.ts';
import { findByFiles } from '../../../src/classify/files/files.ts';

const find = (context: JsonObject, type = 'read_file') => findByFiles({ type, target: 'disk', context });
const classOf = (context: JsonObject, type?: string) => strictest(find(context, type));
const says = (context: JsonObject, type?: string): string =>
  find(context, type)
    .map((finding) => finding.says)
    .join('; ');

test.each([
  '~/.ssh/id_rsa',
  '/home/joe/.aws/credentials',
  'C:\\Users\\joe\\.ssh\\config',
  '%USERPROFILE%\\.aws\\config',
  '${HOME}/.netrc',
  '/users/joe/Library/Keychains/login.keychain-db',
  'app/.env',
  '.env.local',
  'config/prod.env',
  '.npmrc',
  'deploy/server.pem',
  'tls/site.key',
  'credentials.json',
  '/etc/shadow',
  '/private/etc/master.passwd',
  '/proc/self/environ',
  ['/proc/self', 'root/etc/shadow'].join('/'),
  '/host/etc/shadow',
  '/etc//x/../shadow',
  '../../home/joe/.netrc',
  '../../../etc/shadow',
  '%2e%2e/%2e%2e/etc/%73hadow',
  '~/.bash_history',
  '~/.config/google-chrome/Default/Login Data',
  'C:\\Windows\\System32\\config\\SAM',
  'file:///home/joe/.kube/config',
  '/run/secrets/token',
])('%s is a place of secrets', (path) => expect(classOf({ path }).sensitivity).toEqual(['secrets']));

test.each([
  'src/keyboard.ts',
  '.env.example',
  'docs/credentials.md',
  'README.md',
  '/tmp/a.txt',
  'keys.ts',
  'shadow.css',
])('%s is none', (path) => expect(classOf({ path }).sensitivity).toEqual([]));

test.each([
  '~/.bashrc',
  '/home/joe/.profile',
  '.git/hooks/pre-commit',
  '~/.ssh/authorized_keys',
  '/etc/cron.d/job',
  '/etc/systemd/system/x.service',
  '~/Library/LaunchAgents/com.example.plist',
  '/etc/hosts',
  '../../etc/cron.d/job',
  '/usr/bin/ls',
  'C:\\Windows\\win.ini',
])('writing %s is more than a write, reading it is not', (path) => {
  expect(classOf({ path, content: 'x' }, 'write_file').operation).toBe('administer');
  expect(find({ path }).every((finding) => finding.operation === undefined)).toBe(true);
  expect(find({ path })).not.toEqual([]);
});

test('a reading name that opens to write does write', () => {
  expect(classOf({ path: '~/.zshrc', mode: 'a' }, 'get_file').operation).toBe('administer');
});

test.each<[string, string, boolean]>([
  ['/srv/shop/a.ts', '/srv/shop', false],
  ['/srv/shop', '/srv/shop/', false],
  ['a/../b.ts', '/srv/shop', false],
  ['/srv/shop2/a.ts', '/srv/shop', true],
  ['/srv/shop/../other', '/srv/shop', true],
  ['../other', '/srv/shop', true],
  ['C:\\other\\a', 'C:\\work', true],
  ['c:/Work/a', 'C:\\work', false],
])('%s in the workspace %s: outside is %s', (path, workspace, outside) => {
  expect(says({ path, workspace }).includes('outside')).toBe(outside);
});

test('overwriting is destructive only where the call asks for it', () => {
  expect(classOf({ path: 'a.txt', content: 'x', overwrite: true }, 'write_file').destructive).toBe(true);
  expect(classOf({ path: 'a.txt', content: 'x', if_exists: 'replace' }, 'write_file').destructive).toBe(true);
  expect(classOf({ path: 'a.txt', content: 'x', overwrite: false }, 'write_file').destructive).toBe(false);
  expect(classOf({ path: 'a.txt', content: 'x', overwrite: true }, 'read_file').destructive).toBe(false);
});

test.each(['a.txt\0.png', 'a%00b', '..%2f..%2fx', '%252e%252e/x', 'a.txt::$DATA', 'a\u200bb', 'x'.repeat(5000)])(
  'a path that hides something cannot be vouched for: %j',
  (path) => expect(find({ path }).some((finding) => finding.operation === 'unknown')).toBe(true),
);

test('a whole disk, a whole system, another machine', () => {
  expect(classOf({ path: '/dev/sda' }, 'write_file')).toMatchObject({
    operation: 'delete',
    destructive: true,
    reach: 'all',
  });
  expect(classOf({ path: '/dev/null' }, 'write_file').operation).toBe('unknown');
  for (const path of ['/', '~', '/*', 'C:\\']) expect(classOf({ path }).reach).toBe('all');
  expect(classOf({ path: '\\\\server\\share\\a' }).external).toBe(true);
});

test('what only looks like a path is left alone', () => {
  expect(find({ destination: 'Paris', source: 'web' }, 'book_flight')).toEqual([]);
  expect(find({ method: 'GET', path: '/etc/users' }, 'http_request')).toEqual([]);
  expect(find({ file: 'first line\nsecond /etc/shadow line' }, 'read_file')).toEqual([]);
});
