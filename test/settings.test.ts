import { generateKeyPairSync } from 'node:crypto';
import { SettingsError, isLoopback, readSettings } from '../src/settings.ts';

const HOME = { HOME: '/nonexistent' };

function problemsOf(env: NodeJS.ProcessEnv) {
  try {
    readSettings({ ...HOME, ...env }, '/srv');
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  throw new Error('the settings were accepted');
}

describe('settings', () => {
  test('an empty environment gives a working embedded development', () => {
    expect(readSettings(HOME, '/srv')).toMatchObject({
      dataDir: '/srv/.gatehouse',
      host: '127.0.0.1',
      port: 4280,
      store: { kind: 'sqlite', file: '/srv/.gatehouse/gatehouse.db' },
      policyDir: expect.stringMatching(/\/policies$/),
      taskQueue: 'gatehouse',
      unsignedVerdicts: 'accept',
      verdictKey: { kind: 'file', path: '/srv/.gatehouse/verdict-key.pem', makeIfMissing: true },
      permitSeconds: 60,
      leaseSeconds: 300,
      maxInFlight: 64,
      temporal: { kind: 'embedded', namespace: 'default' },
      warnings: [],
    });
  });

  test('every problem is reported at once, each with its variable and its fix', () => {
    const problems = problemsOf({
      GATEHOUSE_PORT: '99999',
      GATEHOUSE_LEASE_SECONDS: 'five',
      DATABASE_URL: 'mysql://root@db/shop',
      GATEHOUSE_UNSIGNED_VERDICTS: 'maybe',
      TEMPORAL_ADDRESS: 'http://temporal:7233/',
    });
    expect(problems.map(({ variable }) => variable).sort()).toEqual([
      'DATABASE_URL',
      'GATEHOUSE_LEASE_SECONDS',
      'GATEHOUSE_PORT',
      'GATEHOUSE_UNSIGNED_VERDICTS',
      'TEMPORAL_ADDRESS',
    ]);
    for (const { problem, fix } of problems) {
      expect(problem).not.toBe('');
      expect(fix).not.toBe('');
    }
    expect(problems.find(({ variable }) => variable === 'GATEHOUSE_PORT')?.problem).toBe('99999 is outside 0 to 65535');
  });

  test('a password in DATABASE_URL never shows in the error', () => {
    expect(JSON.stringify(problemsOf({ DATABASE_URL: 'mysql://u:s3cret@db/x' }))).not.toContain('s3cret');
  });

  test.each(['postgres://u:p@db:5432/gatehouse', 'postgresql://db/gatehouse', 'postgres:///gatehouse?host=/run/pg'])(
    'DATABASE_URL %s selects PostgreSQL',
    (url) => {
      expect(readSettings({ ...HOME, DATABASE_URL: url }).store).toEqual({ kind: 'postgres', url });
    },
  );

  test('an empty variable counts as absent', () => {
    expect(readSettings({ ...HOME, DATABASE_URL: '', TEMPORAL_ADDRESS: ' ' })).toMatchObject({
      store: { kind: 'sqlite' },
      temporal: { kind: 'embedded' },
    });
  });

  test('a Temporal address selects that server, and unsigned verdicts are then refused', () => {
    const env = {
      ...HOME,
      TEMPORAL_ADDRESS: 'gate.tmprl.cloud:7233',
      TEMPORAL_NAMESPACE: 'gate',
      TEMPORAL_API_KEY: 'k',
    };
    expect(readSettings(env)).toMatchObject({
      temporal: {
        kind: 'server',
        address: 'gate.tmprl.cloud:7233',
        namespace: 'gate',
        options: { address: 'gate.tmprl.cloud:7233', apiKey: 'k', tls: true },
      },
      unsignedVerdicts: 'refuse',
    });
  });

  test('credentials for Temporal without an address are refused, not silently unused', () => {
    expect(problemsOf({ TEMPORAL_API_KEY: 'k' })).toMatchObject([{ variable: 'TEMPORAL_API_KEY' }]);
  });

  test('a Temporal profile that does not exist is named', () => {
    expect(problemsOf({ TEMPORAL_PROFILE: 'elsewhere' })).toMatchObject([
      { variable: 'TEMPORAL_PROFILE', problem: expect.stringContaining('elsewhere') },
    ]);
  });

  test('listening beyond this machine is allowed, with a warning', () => {
    expect(readSettings({ ...HOME, GATEHOUSE_HOST: '0.0.0.0' }).warnings).toEqual([
      expect.stringContaining('reachable from other machines'),
    ]);
  });

  test('accepting unsigned verdicts on a shared Temporal server is allowed, with a warning', () => {
    const env = { ...HOME, TEMPORAL_ADDRESS: 'temporal:7233', GATEHOUSE_UNSIGNED_VERDICTS: 'accept' };
    expect(readSettings(env).warnings).toEqual([expect.stringContaining('can approve actions')]);
  });

  test('a verdict key is taken as PEM, and refused when it is of another kind', () => {
    const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(readSettings({ ...HOME, GATEHOUSE_VERDICT_KEY: pem }).verdictKey).toEqual({ kind: 'pem', pem });
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    const wrong = other.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(problemsOf({ GATEHOUSE_VERDICT_KEY: wrong })).toMatchObject([
      { variable: 'GATEHOUSE_VERDICT_KEY', problem: 'it is a key of type ec, not Ed25519' },
    ]);
    expect(problemsOf({ GATEHOUSE_VERDICT_KEY: '/nonexistent/key.pem' })).toMatchObject([
      { problem: expect.stringContaining('no readable file') },
    ]);
  });

  test.each([
    ['localhost', true],
    ['127.8.0.1', true],
    ['[::1]', true],
    ['0.0.0.0', false],
    ['127.evil.example', false],
  ])('%s is on this machine: %s', (host, expected) => {
    expect(isLoopback(host)).toBe(expected);
  });
});
