import { hostname } from 'node:os';
import type { Loosening } from '@gatehouse/sdk/contract';
import type { Policy, PolicyProblem } from '../policy/index.ts';
import { formatProblem, loosenings, policyFromText } from '../policy/index.ts';
import { appendActivation, readActivation, type ActivationRow } from '../store/activations.ts';
import type { Store } from '../store/open.ts';
import { keepPolicyVersion, readPolicyVersion } from '../store/policy-versions.ts';
import type { PolicyInForce } from './judge.ts';
import { openPolicySource, type PolicySourceOptions } from './policy-source.ts';

/** Which policy this process judges by: that of its folder, or a stored one that an admin has pinned. */
export interface PolicyHolder {
  /** The policy to judge by now. */
  current(): PolicyInForce;
  /** Everything that was wrong at the last load of the folder. */
  problems(): readonly PolicyProblem[];
  /** What the files of the folder would have in force. */
  folder(): PolicyInForce;
  /** The last activation that this process has seen. */
  activation(): ActivationRow | undefined;
  /** Reads the folder and the pin again at once. */
  reload(): Promise<PolicyInForce>;
  close(): void;
}

/** How often each process looks whether somebody has pinned another policy. */
const FOLLOW_MS = 1_000;

/**
 * Follows a folder of policy files, and the pin in the store that goes before it. What comes into force is kept in the
 * store first, with who and why: the text behind a decision's digest can always be shown.
 *
 * @throws whatever the store throws at the first look; later failures are logged, and what is in force stays.
 */
export async function openPolicyHolder(
  dir: string,
  store: Store,
  { logger, followMs = FOLLOW_MS }: Pick<PolicySourceOptions, 'logger'> & { followMs?: number } = {},
): Promise<PolicyHolder> {
  let inForce: PolicyInForce = { ok: false, reason: 'The policy is not loaded yet, so nothing runs', digest: 'none' };
  let activation: ActivationRow | undefined;
  /** The digest of the folder that this process has put on record, so that two with different files do not take turns. */
  let announced: string | null = null;
  let closed = false;

  const fromFolder = async (last: ActivationRow | undefined): Promise<void> => {
    const wanted = source.current();
    if (wanted.ok && wanted.policy.digest !== announced) {
      const { digest, text } = wanted.policy;
      await keepPolicyVersion(store, digest, text);
      if (last?.digest !== digest) {
        const loosened = loosenedBy(inForce, wanted.policy);
        const written = await appendActivation(store, filesChanged(digest, loosened), last);
        // Somebody else was faster, maybe with a pin.
        if (written === undefined) return look();
        activation = written;
      }
      announced = digest;
    }
    inForce = wanted;
  };
  const look = async (): Promise<void> => {
    const last = await readActivation(store);
    const wasPinned = activation?.pinned === 1;
    activation = last;
    if (last?.pinned === 1) {
      if (wasPinned && inForce.ok && inForce.policy.digest === last.digest) return;
      inForce = await readPinned(store, last);
      logger?.info({ digest: last.digest, by: last.actor, reason: last.reason }, 'a stored policy is pinned');
      return;
    }
    // Whoever lifts a pin has put on record what holds from then on.
    if (wasPinned && last !== undefined) announced = null;
    await fromFolder(last);
  };
  // One look at a time: what an earlier one has read must not undo what a later one has seen.
  let looking: Promise<void> = Promise.resolve();
  const follow = (): Promise<void> => {
    const next = looking.then(() => (closed ? undefined : look()));
    looking = next.catch(() => undefined);
    return next;
  };
  const followQuietly = (): void => {
    follow().catch((error: unknown) => {
      if (!closed) logger?.error({ err: error }, 'the policy in force could not be read or kept');
    });
  };

  const source = openPolicySource(dir, { ...(logger && { logger }), onChange: () => setImmediate(followQuietly) });
  const timer = setInterval(followQuietly, followMs).unref();
  const close = (): void => {
    closed = true;
    clearInterval(timer);
    source.close();
  };
  try {
    await follow();
  } catch (error) {
    close();
    throw error;
  }
  return {
    current: () => inForce,
    problems: () => source.problems(),
    folder: () => source.current(),
    activation: () => activation,
    reload: async () => {
      source.reload();
      await follow();
      return inForce;
    },
    close,
  };
}

async function readPinned(store: Store, { digest }: ActivationRow): Promise<PolicyInForce> {
  const refuse = (why: string): PolicyInForce => ({
    ok: false,
    digest,
    reason: `The pinned policy ${digest} ${why}, so nothing runs: pin another, or lift the pin`,
  });
  const version = await readPolicyVersion(store, digest);
  if (version === undefined) return refuse('is not in the store');
  const parsed = policyFromText(version.text);
  if (!parsed.ok) return refuse(`cannot be read by this version (${parsed.problems.map(formatProblem)[0] ?? ''})`);
  return parsed.policy.digest === digest ? parsed : refuse('is not what its digest says');
}

/** What `to` loosens against what was in force; nothing where nothing was. */
export function loosenedBy(from: PolicyInForce, to: Policy): Loosening[] {
  return from.ok ? loosenings(from.policy, to) : [];
}

function filesChanged(digest: string, loosened: readonly Loosening[]) {
  const actor = `process:${hostname()}:${String(process.pid)}`;
  return { digest, pinned: false, actor, reason: 'files changed', at: Date.now(), loosened };
}
