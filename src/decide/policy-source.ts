import { watch } from 'node:fs';
import type { PolicyProblem } from '../policy/index.ts';
import { formatProblem } from '../policy/index.ts';
import type { PolicyInForce } from './judge.ts';
import { fingerprint, loadPolicyFolder } from './policy-folder.ts';

export interface PolicySourceOptions {
  /** Called after the first load, and after each that changed the policy in force or its problems. */
  onChange?: (inForce: PolicyInForce, problems: readonly PolicyProblem[]) => void;
  logger?: { info(facts: object, message: string): void; error(facts: object, message: string): void };
}

/** The policy of a folder, kept up to date. */
export interface PolicySource {
  /** The policy to judge by now. */
  current(): PolicyInForce;
  /** Everything that was wrong at the last load; empty when the files as they are now are in force. */
  problems(): readonly PolicyProblem[];
  /** Loads again at once, without waiting for the watcher. */
  reload(): PolicyInForce;
  close(): void;
}

/** How long the files must have been still before they are read: an editor may be half way through writing one. */
const SETTLE_MS = 100;
/** How often the files are looked at where the system's own notices do not reach, such as on network drives. */
const POLL_MS = 2000;

/**
 * Opens a folder of policy files and follows its changes. Broken files are reported in full while the last sound policy
 * stays in force; where there never was one, everything is refused and the reason says why. Never throws.
 */
export function openPolicySource(dir: string, options: PolicySourceOptions = {}): PolicySource {
  let inForce: PolicyInForce = { ok: false, reason: 'The policy is not loaded yet, so nothing runs', digest: 'none' };
  let problems: readonly PolicyProblem[] = [];
  let seen = '';
  let timer: NodeJS.Timeout | undefined;

  const reload = (): PolicyInForce => {
    const before = stateOf(inForce, problems);
    seen = fingerprint(dir);
    const parsed = loadPolicyFolder(dir);
    problems = parsed.ok ? [] : parsed.problems;
    if (parsed.ok) inForce = parsed;
    else if (!inForce.ok) inForce = { ok: false, reason: refusal(parsed.problems), digest: 'none' };
    if (stateOf(inForce, problems) === before) return inForce;
    log(options, dir, inForce, problems);
    options.onChange?.(inForce, problems);
    return inForce;
  };
  const settle = (print: string): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const now = fingerprint(dir);
      if (now === print) reload();
      else settle(now);
    }, SETTLE_MS).unref();
  };
  const look = (): void => {
    const now = fingerprint(dir);
    if (now !== seen) settle(now);
  };

  reload();
  const poll = setInterval(look, POLL_MS).unref();
  const stopWatching = watchFolder(dir, look);
  return {
    current: () => inForce,
    problems: () => problems,
    reload,
    close: () => {
      stopWatching();
      clearInterval(poll);
      clearTimeout(timer);
    },
  };
}

/** The system's own notices, where it gives them; the poll sees everything that they miss. */
function watchFolder(dir: string, look: () => void): () => void {
  try {
    const watcher = watch(dir, { persistent: false }, look);
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  } catch {
    return () => undefined;
  }
}

function stateOf(inForce: PolicyInForce, problems: readonly PolicyProblem[]): string {
  return JSON.stringify([inForce.ok ? inForce.policy.digest : inForce.reason, problems]);
}

function refusal(problems: readonly PolicyProblem[]): string {
  const first = problems[0];
  const more = problems.length > 1 ? `, and ${problems.length - 1} more` : '';
  return `There is no usable policy, so nothing runs: ${first ? formatProblem(first) : 'no reason is known'}${more}`;
}

function log(
  { logger }: PolicySourceOptions,
  dir: string,
  inForce: PolicyInForce,
  problems: readonly PolicyProblem[],
): void {
  if (problems.length === 0 && inForce.ok) logger?.info({ dir, digest: inForce.policy.digest }, 'policy in force');
  else {
    const stands = inForce.ok ? 'the last sound one stays in force' : 'everything is refused';
    logger?.error({ dir, problems: problems.map(formatProblem) }, `the policy is broken; ${stands}`);
  }
}
