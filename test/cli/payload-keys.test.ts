import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parsePayloadKeys, type PayloadSettings } from '../../src/settings/payload-keys.ts';
import { runCli } from './support/run-cli.ts';

describe('gatehouse payload-keys new', () => {
  const file = (): string => join(mkdtempSync(join(tmpdir(), 'gatehouse-payload-keys-')), 'keys.txt');

  it('prints a key that the settings take, another one each time', async () => {
    const [one, two] = [await runCli(['payload-keys', 'new']), await runCli(['payload-keys', 'new'])];
    expect(parsePayloadKeys(one.out)).toHaveLength(1);
    expect(one.out).not.toBe(two.out);
  });

  it('makes a file that its owner alone can read, and adds later keys behind the one that encrypts', async () => {
    const path = file();
    const made = await runCli(['payload-keys', 'new', '--file', path]);
    expect([made.code, made.out]).toEqual([0, '']);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const read = () => parsePayloadKeys(readFileSync(path, 'utf8')) as PayloadSettings['keys'];
    const [first] = read();
    expect((await runCli(['payload-keys', 'new', '--file', path])).err).toContain('decrypts only');
    expect(read()).toMatchObject([{ id: first.id }, {}]);
  });

  it('changes nothing in a file that it does not understand', async () => {
    const path = file();
    writeFileSync(path, 'what is this\n');
    const { code, err } = await runCli(['payload-keys', 'new', '--file', path]);
    expect(code).not.toBe(0);
    expect(err).toContain('line 1');
    expect(readFileSync(path, 'utf8')).toBe('what is this\n');
  });
});
