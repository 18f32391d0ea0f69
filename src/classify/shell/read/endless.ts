import type { Definition, Group, Statement } from '../syntax/tree.ts';

/** A function that calls itself in a pipe or in the background doubles with every turn: the fork bomb. */
export function isForkBomb(definition: Definition): boolean {
  const calls = commandsOf(definition.body).filter((name) => name === definition.name).length;
  return calls > 0 && definition.name !== '' && splits(definition.body);
}

/** A loop without end that sends a command to the background and does not wait for it afterwards. */
export function isEndless(group: Group): boolean {
  if (!group.endless) return false;
  const body = group.body.flatMap((one) => (one.kind === 'group' && one.of === 'list' ? one.body : [one]));
  const last = body.findLastIndex(spawns);
  const spawner = body[last];
  if (spawner === undefined) return false;
  // A shell waits for its own children alone, and not for those of its subshells.
  if (!spawner.background && isSubshell(spawner)) return true;
  return !commandsOf(body.slice(last).filter((one) => !isSubshell(one))).includes('wait');
}

function isSubshell(one: Statement): one is Group {
  return one.kind === 'group' && one.of === 'subshell';
}

function spawns(one: Statement): boolean {
  if (one.background) return true;
  return (
    one.kind === 'group' && one.of === 'subshell' && one.body.some(spawns) && !commandsOf(one.body).includes('wait')
  );
}

function splits(body: readonly Statement[]): boolean {
  return body.some((one) => {
    if (one.background || one.kind === 'pipeline') return true;
    return one.kind === 'command' ? false : splits(one.body);
  });
}

function commandsOf(body: readonly Statement[]): string[] {
  return body.flatMap((one) => {
    if (one.kind === 'pipeline') return commandsOf(one.stages);
    if (one.kind !== 'command') return commandsOf(one.body);
    const [first] = one.words[0]?.pieces ?? [];
    return first?.kind === 'text' ? [first.text] : [];
  });
}
