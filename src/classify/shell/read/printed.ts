import type { Command, Statement } from '../syntax/tree.ts';
import { decodeEscapes } from '../syntax/escapes.ts';
import { expand, expandWhole } from '../words/expand.ts';
import type { Scope } from '../words/scope.ts';

const MAX_PRINTED = 16_384;

/** What a script prints, where that is plain: `echo`, `printf`, `cat` of a here-document, and decoders of it. */
export function printedBy(body: readonly Statement[], scope: Scope, input?: string): string | undefined {
  if (body.length !== 1) return undefined;
  const [statement] = body;
  if (statement?.kind === 'group' && statement.of !== 'loop' && statement.of !== 'branch') {
    return printedBy(statement.body, scope, input);
  }
  if (statement?.kind === 'pipeline') {
    let text = input;
    for (const [index, stage] of statement.stages.entries()) {
      text = printedBy([stage], scope, text);
      if (text === undefined && index > 0) return undefined;
      if (text === undefined) return undefined;
    }
    return text;
  }
  return statement?.kind === 'command' ? printedByCommand(statement, scope, input) : undefined;
}

function printedByCommand(command: Command, scope: Scope, input: string | undefined): string | undefined {
  const printed = (body: Statement[]): string | undefined => printedBy(body, scope);
  const given = command.redirects.findLast(({ operator }) => operator === '<<' || operator === '<<<');
  let standard = input;
  if (given !== undefined) {
    const text = expandWhole(given.target, scope, printed);
    standard = text.known ? text.text : undefined;
  }
  if (command.redirects.some(({ operator, descriptor }) => operator.startsWith('>') && descriptor !== '2'))
    return undefined;
  const args = command.words.flatMap((word) => expand(word, scope, printed));
  if (args.length === 0 || !args.every((arg) => arg.known)) return undefined;
  const [name = '', ...rest] = args.map((arg) => arg.text);
  return print(name.replace(/^.*\//, ''), rest, standard)?.slice(0, MAX_PRINTED);
}

function print(name: string, args: string[], input: string | undefined): string | undefined {
  const line = args.join(' ');
  switch (name) {
    case 'echo': {
      const [flags = ''] = /^(-[neE]+ ?)*/.exec(line) ?? [];
      const text = line.slice(flags.length);
      return flags.includes('e') ? decodeEscapes(text) : text;
    }
    case 'printf':
      return format(args[0] === '--' ? args.slice(1) : args);
    case 'cat':
    case 'tee':
      return args.every((arg) => arg.startsWith('-')) ? input : undefined;
    case 'base64':
    case 'gbase64':
      return /^(-d|-D|--decode|-di|-i -d|-d -i)$/.test(line) && input !== undefined ? fromBase64(input) : undefined;
    case 'openssl':
      return /^(base64|enc -base64)\b/.test(line) && /\s-d\b/.test(line) && input !== undefined
        ? fromBase64(input)
        : undefined;
    case 'xxd':
      return /-\w*r/.test(line) && line.includes('p') && input !== undefined ? fromHex(input) : undefined;
    case 'rev':
      return input
        ?.split('\n')
        .map((one) => Array.from(one).reverse().join(''))
        .join('\n');
    default:
      return undefined;
  }
}

/** `printf` with `%s` and `%b`; other conversions are left to the shell. */
function format(args: string[]): string | undefined {
  const [pattern, ...values] = args;
  if (pattern === undefined || /%[^sb%]/.test(pattern)) return undefined;
  const slots = (pattern.match(/%[sb]/g) ?? []).length;
  const rounds = slots === 0 ? 1 : Math.max(1, Math.ceil(values.length / slots));
  let next = 0;
  return Array.from({ length: Math.min(rounds, 1000) }, () =>
    decodeEscapes(pattern).replace(/%([sb%])/g, (_, kind: string) => {
      if (kind === '%') return '%';
      const value = values[next++] ?? '';
      return kind === 'b' ? decodeEscapes(value) : value;
    }),
  ).join('');
}

function fromBase64(text: string): string | undefined {
  try {
    const plain = atob(text.replace(/\s+/g, '').replace(/-/g, '+').replace(/_/g, '/'));
    return new TextDecoder().decode(Uint8Array.from(plain, (character) => character.charCodeAt(0)));
  } catch {
    return undefined;
  }
}

function fromHex(text: string): string | undefined {
  const digits = text.replace(/\s+/g, '');
  if (!/^([0-9a-fA-F]{2})+$/.test(digits)) return undefined;
  return String.fromCharCode(...(digits.match(/../g) ?? []).map((pair) => parseInt(pair, 16)));
}
