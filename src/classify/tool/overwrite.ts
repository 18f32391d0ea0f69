const words = (list: string): Set<string> => new Set(list.split(/\s+/).filter(Boolean));

const REPLACING = words('update edit modify set put write replace upsert save');
const MANY = words('many bulk batch multiple mass all');
const DEPLOYING = words('deploy redeploy');
const WHOLE =
  words(`content contents body code text source definition manifest resource document html markdown script template
  nodes yaml json data config configuration spec fields answers settings values
  edits replacement new_string new_text`);

/** What is known of a tool that may put something in the place of what was there. */
export interface Replacing {
  verbs: readonly string[];
  /** The words of its name. */
  words: readonly string[];
  argumentNames: readonly string[];
  /** It says that it changes only what it is given. */
  isPartial: boolean;
}

/**
 * True for a tool that gives a thing a new content in the place of the old: an update that takes the whole of it, one of many
 * things at once, a deployment over what runs, and, as nobody can say otherwise, an update whose arguments are not described.
 * A change of single properties is not one.
 */
export function overwrites({ verbs, words, argumentNames, isPartial }: Replacing): boolean {
  if (verbs.some((verb) => DEPLOYING.has(verb))) return true;
  if (isPartial || !verbs.some((verb) => REPLACING.has(verb))) return false;
  if (words.some((word) => MANY.has(word))) return true;
  return argumentNames.length === 0 || argumentNames.some((name) => WHOLE.has(name));
}
