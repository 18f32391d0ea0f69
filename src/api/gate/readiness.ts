import type { Gateway } from '../gateway.ts';
import type { GatewayDeps } from './deps.ts';

interface Check {
  ok: boolean;
  says: string;
}

const CHECK_MS = 2_000;

/** Asks each dependency whether it answers. A gate without a usable policy is not ready: it refuses everything. */
export async function readiness(deps: GatewayDeps): ReturnType<Gateway['readiness']> {
  const policy = deps.policies.current();
  const pinned = deps.policies.activation()?.pinned === 1 ? ' (pinned)' : '';
  const [store, temporal] = await Promise.all([
    check('answers', () => deps.store.ping()),
    check('answers', () => {
      const { connection } = deps.temporal.client;
      return connection.withDeadline(Date.now() + CHECK_MS, () => connection.workflowService.getSystemInfo({}));
    }),
  ]);
  const checks = {
    store,
    temporal,
    policy: policy.ok ? { ok: true, says: `${policy.policy.digest}${pinned}` } : { ok: false, says: policy.reason },
  };
  return { ready: Object.values(checks).every(({ ok }) => ok), checks };
}

async function check(says: string, ask: () => Promise<unknown>): Promise<Check> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer in ${String(CHECK_MS)} ms`));
    }, CHECK_MS);
  });
  try {
    await Promise.race([ask(), silence]);
    return { ok: true, says };
  } catch (error) {
    return { ok: false, says: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}
