import type { ClassifiedAction } from '../classify.ts';
import { textFields } from '../fields.ts';
import type { Finding } from '../finding.ts';
import { once } from '../once.ts';
import type { LazyParser } from '../parsers.ts';
import type { ShellCommand } from './commands.ts';
import { commandsOf } from './commands.ts';
import type { Deed } from './effect.ts';
import { deed, MEANINGS } from './effect.ts';
import { Reader } from './read/reader.ts';
import { isGrammarReady, loadGrammar } from './syntax/grammar.ts';

/** The grammar of bash, loaded for the first call that holds a command. */
export const shellParser: LazyParser = {
  isNeeded: (action) => commandsOf(action).commands.length > 0,
  isReady: isGrammarReady,
  load: loadGrammar,
};

/** All commands of a call together; what is longer is not read. UTF-16 units. */
const MAX_TOGETHER = 32_768;
/** Of what does the same thing so many are told. */
const MAX_ALIKE = 20;
/** Code of other languages, which nobody reads. */
const UNREAD_KEYS = new Set('code python javascript source_code program'.split(' '));

/**
 * What the shell commands in the arguments do, each with its place. A command that was read in full settles what its
 * carrier leaves open; one that cannot be read counts as the strictest that a command can be. Never throws.
 */
export function findByShell(action: ClassifiedAction): Finding[] {
  // Before the grammar is there everything is unread: that is no answer to keep.
  return isGrammarReady() ? findOnce(action) : find(action);
}

const findOnce = once(find);

function find(action: ClassifiedAction): Finding[] {
  const { commands, complete } = commandsOf(action);
  const found: Finding[] = [];
  let left = MAX_TOGETHER;
  // One reader, so that a file that one step downloads is known to the step that runs it.
  const reader = new Reader();
  for (const command of commands) {
    left -= command.text.length;
    found.push(...findingsOf(command, left < 0 ? [tooLong(command)] : deedsOf(command, reader)));
  }
  if (!complete) {
    found.push({ ...STRICTEST, part: 'context', says: 'it has more commands than are read' });
  }
  return holdsOtherCode(action, commands) ? found.map(withoutSettling) : found;
}

const STRICTEST = { operation: 'execute', destructive: true, irreversible: true, targetKind: 'shell' } as const;

function deedsOf(command: ShellCommand, reader: Reader): Deed[] {
  const at = { start: 0, end: command.text.length };
  if (command.names === true) return [deed('look', at, 'names the shell')];
  if (command.foreign === true) return [deed('blind', at, 'is for a shell that is not read', { confidence: 'low' })];
  const deeds = reader.all(command.text, command.input);
  return deeds.length > 0 ? deeds : [deed('look', at, 'does nothing')];
}

function tooLong({ text }: ShellCommand): Deed {
  return deed('blind', { start: 0, end: text.length }, 'is not read: the commands are too long', { confidence: 'low' });
}

function findingsOf({ part, asSent }: ShellCommand, deeds: readonly Deed[]): Finding[] {
  const counts = new Map<string, number>();
  return deeds.flatMap((one): Finding[] => {
    const count = (counts.get(one.effect) ?? 0) + 1;
    counts.set(one.effect, count);
    return count > MAX_ALIKE ? [] : [findingOf(one, part, asSent)];
  });
}

function findingOf({ effect, says, at, sensitivity, confidence }: Deed, part: string, asSent: number): Finding {
  const { operation, destructive, external, ...meaning } = MEANINGS[effect];
  const touches = sensitivity ?? meaning.sensitivity;
  return {
    operation,
    targetKind: 'shell',
    confidence: confidence ?? 'high',
    settles: true,
    ...(destructive === undefined ? {} : { destructive, irreversible: true }),
    ...(external === undefined ? {} : { external }),
    ...(touches === undefined ? {} : { sensitivity: touches }),
    part,
    says: `it ${says}`,
    ...(at.end <= asSent ? { at: { start: at.start, end: at.end } } : {}),
  };
}

/** True when the call holds code of another language beside its commands: to have read these is not to have read it all. */
function holdsOtherCode(action: ClassifiedAction, commands: readonly ShellCommand[]): boolean {
  const read = new Set(commands.map(({ part }) => part));
  return textFields(action.context).fields.some(
    ({ key, part, text }) => UNREAD_KEYS.has(key) && text.trim() !== '' && !read.has(part),
  );
}

function withoutSettling(finding: Finding): Finding {
  const own = { ...finding };
  delete own.settles;
  return own;
}
