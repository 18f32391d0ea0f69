import type { Effect } from '../effect.ts';
import { tokenize } from '../../tokens.ts';

const VERBS: Partial<Record<Effect, string>> = {
  look: `list ls get describe show view status info version help search find query scan inspect check validate verify
    diff history log logs tail count head exists lookup whoami who explain preview simulate estimate plan read cat
    print dump-config stats top ps which doctor outdated audit watch test-connection browse detect lint fetch-config
    cost compare events metrics`,
  lose: `delete del remove rm rmi destroy destory purge drop truncate erase wipe unlink prune uninstall unpublish expunge
    terminate obliterate decommission shred clear flush forget rmdir rb untag flushall flushdb deprovision undeploy discard nuke trash yank
    deregister evict reap deleteall removeall dropdatabase`,
  disrupt: `stop kill shutdown reboot halt poweroff disable suspend revoke deactivate reset rollback restore revert
    rotate rekey seal failover detach disconnect leave cancel abort drain unset promote demote unsubscribe unlock unseal
    expire overwrite replace reinstall downgrade ban block deny cordon quarantine transfer archive retire roll pause`,
  admin: `grant allow assign attach enable set config configure authorize approve login logout permission auth
    elevate policy policies role roles`,
  write: `create add insert update put edit write save store push publish send apply import export copy cp mv move
    rename upload download sync patch post tag label annotate build generate init new mkdir touch install upgrade
    modify change register submit schedule start open close merge clone pull fork pin unpin batch-write duplicate`,
  run: 'run exec execute invoke call trigger deploy launch start restart eval evaluate up ssh shell serve dev test',
};

const EFFECT_OF: ReadonlyMap<string, Effect> = new Map(
  Object.entries(VERBS)
    .reverse()
    .flatMap(([effect, list]) => list.split(/\s+/).map((word): [string, Effect] => [word, effect as Effect])),
);

/** Verbs that as often name what is listed or deleted: `metrics delete`, `logs purge`. */
const NOUNS = new Set(
  `logs log events metrics history status config permission policy policies role roles auth label tag test tests release releases
   shell ssh start top stats cost version search query image schedule archive register build run deploy lint install upload download
   import export backup copy set patch upgrade audit`.split(/\s+/),
);

/** True when a word of a command line may as well name a thing. */
export function isNoun(word: string): boolean {
  return NOUNS.has(word.toLowerCase());
}

/** What a word of a command line does, when it is a verb or opens or ends with one: `delete-stack`, `apps:destroy`. */
export function effectOfVerb(word: string): Effect | undefined {
  const whole = EFFECT_OF.get(word.toLowerCase());
  if (whole !== undefined) return whole;
  const parts = tokenize(word.slice(0, 100)).slice(0, 8);
  const known = parts.map((part) => EFFECT_OF.get(part)).filter((effect) => effect !== undefined);
  if (known.includes('lose')) return 'lose';
  const first = EFFECT_OF.get(parts[0] ?? '');
  const last = EFFECT_OF.get(parts.at(-1) ?? '');
  // `apps:list` ends in its verb, `list-apps` opens with it.
  return word.includes(':') ? (last ?? first) : first;
}
