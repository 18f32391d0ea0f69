import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPolicyHolder, type PolicyHolder } from '../../src/decide/policy-in-force.ts';
import { appendActivation, listActivations, readActivation } from '../../src/store/activations.ts';
import { readTimeline } from '../../src/store/events.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { readPolicyVersion } from '../../src/store/policy-versions.ts';
import { describeStores } from '../support/asking.ts';
import { createTestDatabase } from '../support/postgres.ts';

const policy = (effect: string): string => `
version: 1
name: t
rules:
  - { id: a, reason: r., match: { action: x }, effect: ${effect} }
`;

describeStores('the policy in force', (kind) => {
  let dir: string;
  let store: Store;
  let drop: () => Promise<void>;
  const opened: PolicyHolder[] = [];

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'gatehouse-force-'));
    const database = kind === 'postgres' ? await createTestDatabase() : undefined;
    store = await openStore({ url: database?.url ?? join(dir, 'gatehouse.db') });
    drop = async () => database?.drop();
    put(policy('block'));
  });
  afterEach(async () => {
    for (const holder of opened.splice(0)) holder.close();
    await store.close();
    await drop();
    rmSync(dir, { recursive: true, force: true });
  });

  const put = (text: string): void => {
    writeFileSync(join(dir, 'a.yaml'), text);
  };
  const open = async (folder = dir): Promise<PolicyHolder> => {
    const holder = await openPolicyHolder(folder, store, { followMs: 20 });
    opened.push(holder);
    return holder;
  };
  const digestOf = (holder: PolicyHolder): string => {
    const inForce = holder.current();
    return inForce.ok ? inForce.policy.digest : inForce.reason;
  };
  const pin = async (digest: string) =>
    appendActivation(
      store,
      { digest, pinned: true, actor: 'admin:maria', reason: 'it was better', at: 1, loosened: [] },
      await readActivation(store),
    );
  /** Waits until the holder has followed by itself. */
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
  };

  it('puts on record what comes into force, once, with its text, who and why', async () => {
    const holder = await open();
    const first = digestOf(holder);
    put(policy('require_approval'));
    await holder.reload();
    const second = digestOf(holder);
    // A process that starts on the same files changes nothing.
    await open();
    const rows = await listActivations(store, 10);
    expect(
      rows.map(({ seq, digest, previous, pinned, reason }) => ({ seq, digest, previous, pinned, reason })),
    ).toEqual([
      { seq: 2, digest: second, previous: first, pinned: 0, reason: 'files changed' },
      { seq: 1, digest: first, previous: null, pinned: 0, reason: 'files changed' },
    ]);
    expect(rows[0]?.actor).toMatch(/^process:/);
    expect(JSON.parse(rows[0]?.loosened_json ?? '')).toMatchObject([{ rule: 'a', what: 'weakened' }]);
    for (const digest of [first, second]) expect((await readPolicyVersion(store, digest))?.text).toContain('"id":"a"');
    expect((await readTimeline(store.db, 'policy')).map((entry) => entry.kind)).toEqual([
      'policy_activated',
      'policy_activated',
    ]);
  });

  it('F23 a rule that goes from enforce to shadow in a file is on record as just that', async () => {
    const holder = await open();
    put(policy('block, mode: shadow'));
    await holder.reload();
    expect(JSON.parse((await readActivation(store))?.loosened_json ?? '')).toEqual([
      { rule: 'a', what: 'shadowed', says: 'a (block) goes from enforce to shadow' },
    ]);
  });

  it('a pin holds in every process, over changes of the files and restarts, until it is lifted', async () => {
    const one = await open();
    const old = digestOf(one);
    put(policy('require_approval'));
    await one.reload();
    const newer = digestOf(one);
    const two = await open();
    await pin(old);
    await until(() => digestOf(one) === old && digestOf(two) === old);
    expect(one.current()).toMatchObject({ ok: true, policy: { rules: [{ effect: 'block' }] } });
    put(policy('allow'));
    await one.reload();
    expect(digestOf(one)).toBe(old);
    expect(digestOf(await open())).toBe(old);

    const last = await readActivation(store);
    const lifted = { digest: newer, pinned: false, actor: 'admin:maria', reason: 'mended', at: 2, loosened: [] };
    await appendActivation(store, lifted, last);
    await Promise.all([one.reload(), two.reload()]);
    expect(two.current()).toMatchObject({ ok: true, policy: { rules: [{ effect: 'allow' }] } });
    // What the files say is not what the pin was lifted for: that is on record too, once.
    expect(await listActivations(store, 10)).toHaveLength(5);
    expect((await readActivation(store))?.digest).toBe(digestOf(one));
  });

  it('two processes with different files do not take turns on the record', async () => {
    const other = mkdtempSync(join(tmpdir(), 'gatehouse-other-'));
    writeFileSync(join(other, 'a.yaml'), policy('allow'));
    const [one, two] = [await open(), await open(other)];
    for (let round = 0; round < 5; round += 1) {
      await one.reload();
      await two.reload();
    }
    expect(await listActivations(store, 10)).toHaveLength(2);
    expect(digestOf(one)).not.toBe(digestOf(two));
    rmSync(other, { recursive: true });
  });

  it('a pinned policy that cannot be used refuses everything, with the reason', async () => {
    const holder = await open();
    await pin(`sha256:${'0'.repeat(64)}`);
    await holder.reload();
    expect(digestOf(holder)).toMatch(/pinned policy sha256:0+ is not in the store, so nothing runs/);
    const digest = `sha256:${'1'.repeat(64)}`;
    await store.db.insertInto('policy_versions').values({ digest, text: '{"version":2}', first_seen_at: 1 }).execute();
    await pin(digest);
    await holder.reload();
    expect(digestOf(holder)).toMatch(/cannot be read by this version/);
  });

  it('of several who activate at once one does', async () => {
    await open();
    const last = await readActivation(store);
    const activation = { digest: 'sha256:x', pinned: true, actor: 'admin:m', reason: 'r', at: 1, loosened: [] };
    const written = await Promise.all(Array.from({ length: 8 }, () => appendActivation(store, activation, last)));
    expect(written.filter((row) => row !== undefined)).toHaveLength(1);
  });
});
