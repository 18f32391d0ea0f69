import type { Json, JsonObject } from '@gatehouse/sdk/contract';
import type { ClassifiedAction } from '../classify.ts';
import { once } from '../once.ts';
import { toSnake, tokenize } from '../tokens.ts';
import { schemaCommands } from './schema-commands.ts';

/** A command that a call hands over, and where in the call it stands. */
export interface ShellCommand {
  /** e.g. `context.steps[2].command`. */
  part: string;
  /** The script itself, or the words of one command as a script would write them. */
  text: string;
  /** How much of `text` is as the call has it; positions beyond are not in the call. */
  asSent: number;
  /** What the command gets on its standard input, where the call says so. */
  input?: string;
  /** It only names the shell that runs what stands beside it. */
  names?: true;
  /** For a shell whose language is not read: PowerShell, cmd. */
  foreign?: true;
}

const COMMAND_KEYS = new Set(
  `command commands cmd cmds cmdline command_line commandline shell_command bash_command terminal_command run_command
   script shell_script bash_script shell bash sh argv`.split(/\s+/),
);
/** A list under these is a list of commands; under the others it is the words of one. */
const MANY = new Set(['commands', 'cmds']);
const ARGUMENT_KEYS = new Set('args arguments argv parameters'.split(' '));
const INPUT_KEYS = new Set('stdin standard_input'.split(' '));
/** What a tool that is a shell by its name calls what it runs. */
const LOOSE_KEYS = new Set('code input text content line source'.split(' '));
const SHELL_WORDS = new Set('bash sh zsh shell terminal console'.split(' '));
const FOREIGN_WORDS = new Set('powershell pwsh'.split(' '));
const SHELL_NAME = /^(\S*[\\/])?(ba|z|da|k|fi|a)?sh(\.exe)?(\s+-\w+)*$|^(true|default|system)$/i;
const FOREIGN_NAME = /^(\S*[\\/])?(powershell|pwsh|cmd)(\.exe)?$/i;
const SETTING_KEYS = new Set('shell interpreter executable language'.split(' '));
const MAX_OBJECTS = 5000;
const MAX_DEPTH = 32;
const MAX_COMMANDS = 200;

/** The commands in the arguments of a call, in order; `complete` is false when there are more than are looked at. */
export const commandsOf = once((action: ClassifiedAction): { commands: readonly ShellCommand[]; complete: boolean } => {
  const words = new Set([...tokenize(action.type.slice(0, 200)), ...tokenize((action.tool?.name ?? '').slice(0, 200))]);
  const isShell = [...SHELL_WORDS].some((word) => words.has(word));
  const isForeign = [...FOREIGN_WORDS].some((word) => words.has(word));
  const bySchema = schemaCommands(action.tool?.inputSchema);
  const names = (key: string): boolean => COMMAND_KEYS.has(key) || bySchema.has(key);
  const found: ShellCommand[] = [];
  let left = MAX_OBJECTS;

  const into = (value: Json, part: string, depth: number): boolean => {
    if (value === null || typeof value !== 'object') return true;
    if (depth > MAX_DEPTH || --left < 0 || found.length > MAX_COMMANDS) return false;
    if (Array.isArray(value)) return value.every((one, index) => into(one, `${part}[${String(index)}]`, depth + 1));
    const own = commandsIn(value, part, names);
    if (own.length === 0 && (isShell || isForeign)) own.push(...commandsIn(value, part, (key) => LOOSE_KEYS.has(key)));
    found.push(...own.map((one): ShellCommand => (isForeign ? { ...one, foreign: true } : one)));
    return Object.entries(value).every(([key, field]) => into(field, `${part}.${key}`, depth + 1));
  };

  const complete = into(action.context, 'context', 0);
  return { commands: found.slice(0, MAX_COMMANDS), complete: complete && found.length <= MAX_COMMANDS };
});

/** The commands among the fields of one object, with the arguments and the input that stand beside them. */
function commandsIn(object: JsonObject, part: string, names: (key: string) => boolean): ShellCommand[] {
  const fields = Object.entries(object).map(([key, value]) => ({ key, name: toSnake(key.slice(0, 100)), value }));
  const text = (keys: ReadonlySet<string>): string | undefined =>
    fields.map(({ name, value }) => (keys.has(name) && typeof value === 'string' ? value : undefined)).find(Boolean);
  const others = fields.filter(({ name }) => names(name));
  const settings = fields.flatMap(({ name, value }) =>
    SETTING_KEYS.has(name) && typeof value === 'string' ? [value] : [],
  );
  const isForeign = settings.some((text) => FOREIGN_NAME.test(text.trim().slice(0, 200)));
  const input = text(INPUT_KEYS);
  const beside: ShellCommand[] = others.flatMap(({ key, name, value }) => {
    const isSetting = SETTING_KEYS.has(name) && others.length > 1;
    if (isSetting && typeof value === 'string' && (SHELL_NAME.test(value.trim()) || FOREIGN_NAME.test(value.trim())))
      return [{ part: `${part}.${key}`, text: value, asSent: value.length, names: true }];
    const args = fields.find((field) => ARGUMENT_KEYS.has(field.name) && field.name !== name)?.value;
    // `argv` beside a command is its arguments.
    if (name === 'argv' && others.length > 1) return [];
    return scriptsOf(value, `${part}.${key}`, name, args);
  });
  return beside.map((one) => ({
    ...one,
    ...(input === undefined ? {} : { input }),
    ...(isForeign ? { foreign: true as const } : {}),
  }));
}

function scriptsOf(value: Json, part: string, name: string, args: Json | undefined): ShellCommand[] {
  if (typeof value === 'string') {
    if (value.trim() === '') return [];
    const words = Array.isArray(args) ? args.map(wordOf) : typeof args === 'string' ? [args] : [];
    return [{ part, text: [value, ...words].join(' '), asSent: value.length }];
  }
  if (!Array.isArray(value) || !value.every(isPlain)) return [];
  const texts = value.filter((one): one is string => typeof one === 'string' && one.trim() !== '');
  if (texts.length === 0) return [];
  const isList = MANY.has(name) || (/\s/.test(texts[0]?.trim() ?? '') && value.length > 1);
  if (!isList) return [{ part, text: value.map(wordOf).join(' '), asSent: 0 }];
  return value.map((one, index) => {
    const text = String(one);
    return { part: `${part}[${String(index)}]`, text, asSent: text.length };
  });
}

function isPlain(value: Json): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** One word as a script would write it, so that nothing in it is taken for syntax. */
function wordOf(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
