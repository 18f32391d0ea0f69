import type { Operation } from '@gatehouse/sdk/contract';
import type { Finding } from '../finding.ts';
import { destroys, FINAL_VERBS, SENDING_VERBS } from './verbs.ts';

const words = (list: string): Set<string> => new Set(list.split(/\s+/).filter(Boolean));

/** What is put back as easily as it is taken away, whatever the verb. */
const LIGHT = words(
  'reaction reactions star stars vote votes like likes watcher watchers assignee assignees reviewer reviewers cache caches',
);
/** What `remove` takes off a thing, where `delete` would lose the thing itself. */
const TAKEN_OFF = words('label labels tag tags follower bookmark favorite pin approval approvals');
const TAKING_OFF = words('remove rm unlink');
/** What `reset` gives a new value and no more. */
const RENEWED = words('token tokens time timer estimate count counter approval approvals password key registration');
/** What can be run again after it was cancelled. */
const RERUN = words(
  'build builds job jobs run runs pipeline pipelines workflow workflows task tasks import export execution query merge',
);

/** What a verb of a name entails for what it is done to: lost, not to be undone, or out of the house. */
export function effectsOf(verb: string, operation: Operation, all: readonly string[]): Partial<Finding> {
  if (operation === 'read') return {};
  const ends = verb === 'cancel' && !all.some((word) => RERUN.has(word));
  const destructive = ends || (destroys(verb) && !isLight(verb, all)) || migrates(verb, all);
  return {
    ...(destructive ? { destructive: true as const } : {}),
    ...(destructive || FINAL_VERBS.has(verb) ? { irreversible: true as const } : {}),
    ...(SENDING_VERBS.has(verb) ? { external: true as const } : {}),
  };
}

/** True for a thing of which a change is as easily put back as it was made: labels, assignees, stars. */
export function isTrifle(all: readonly string[]): boolean {
  return all.some((word) => LIGHT.has(word) || TAKEN_OFF.has(word));
}

function isLight(verb: string, all: readonly string[]): boolean {
  if (all.some((word) => LIGHT.has(word))) return true;
  if (TAKING_OFF.has(verb) && all.some((word) => TAKEN_OFF.has(word))) return true;
  return verb === 'reset' && all.some((word) => RENEWED.has(word));
}

/** A migration changes the shape of the data by code that the call only names. */
function migrates(verb: string, all: readonly string[]): boolean {
  return (
    verb === 'migrate' || (['apply', 'run', 'execute'].includes(verb) && all.some((word) => /^migrations?$/.test(word)))
  );
}
