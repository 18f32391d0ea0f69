import type { Deed } from '../effect.ts';
import { deed, EFFECTS } from '../effect.ts';
import { readScript } from '../syntax/script.ts';
import type { Command, Group, Pipeline, Redirect, Span, Statement, Word } from '../syntax/tree.ts';
import type { Arg } from '../words/expand.ts';
import { expand, expandWhole } from '../words/expand.ts';
import { Scope } from '../words/scope.ts';
import { assign } from './assign.ts';
import { readArgv } from './argv.ts';
import { isEndless, isForkBomb } from './endless.ts';
import { printedBy } from './printed.ts';
import type { Input, Reading } from './reading.ts';
import { NO_INPUT } from './reading.ts';
import { fileOf, readRedirect } from './redirect.ts';

const MAX_TURNS = 8;

/** Reads a script, statement by statement, and says what it does. */
export class Reader implements Reading {
  readonly scope = new Scope();

  /** Reads what a call hands over, with its standard input. Positions are those in the text. Never throws. */
  all(text: string, input?: string): Deed[] {
    const script = readScript(text);
    const at = { start: 0, end: text.length };
    if ('refused' in script) return [unread(at, script.refused)];
    try {
      const given: Input = input === undefined ? NO_INPUT : { from: 'script', text: input };
      const deeds = this.statements(script.statements, given);
      return this.scope.cut ? [...deeds, unread(at, 'it unfolds into more than is read')] : deeds;
    } catch {
      return [unread(at, 'it is too involved')];
    }
  }

  script(text: string, at: Span): Deed[] {
    const script = readScript(text);
    if ('refused' in script) return [unread(at, script.refused)];
    const deeds = this.scope.deeper(() => this.statements(script.statements, NO_INPUT), []);
    return deeds.map((one) => ({ ...one, at: { start: at.start, end: at.end } }));
  }

  argv(args: readonly Arg[], input: Input): Deed[] {
    return this.scope.deeper(() => readArgv(args, input, this), []);
  }

  statements(all: readonly Statement[], input: Input): Deed[] {
    return all.flatMap((statement) => this.statement(statement, input));
  }

  private statement(statement: Statement, input: Input): Deed[] {
    if (!this.scope.spend()) return [];
    switch (statement.kind) {
      case 'command':
        return this.command(statement, input);
      case 'pipeline':
        return [...this.pipeline(statement, input), ...this.redirects(statement.redirects)];
      case 'group':
        return [
          ...this.redirects(statement.redirects),
          ...this.group(statement, inputOf(statement.redirects, input, this)),
        ];
      case 'function': {
        this.scope.functions.set(statement.name, statement.body);
        const bomb = isForkBomb(statement) ? [deed('disrupt', statement, 'starts itself again without end')] : [];
        return [...bomb, ...this.perhaps(statement.body, input)];
      }
    }
  }

  private perhaps(body: readonly Statement[], input: Input): Deed[] {
    let deeds: Deed[] = [];
    this.scope.perhaps(() => (deeds = this.statements(body, input)));
    return deeds;
  }

  private group(group: Group, input: Input): Deed[] {
    const deeds = isEndless(group) ? [deed('disrupt', group, 'starts processes without end')] : [];
    const { binds } = group;
    if (binds === undefined) {
      const body =
        group.of === 'list' || group.of === 'subshell'
          ? this.statements(group.body, input)
          : this.perhaps(group.body, input);
      return [...deeds, ...body];
    }
    const values = binds.values.flatMap((word) => this.expand(word));
    const plain =
      values.length > 0 &&
      values.length <= MAX_TURNS &&
      values.every((value) => value.known && !/[*?[]/.test(value.text));
    for (const value of plain ? values : [undefined]) {
      this.scope.variables.set(binds.name, value === undefined ? undefined : [value.text]);
      deeds.push(...this.statements(group.body, input));
    }
    return deeds;
  }

  private pipeline(pipeline: Pipeline, first: Input): Deed[] {
    const deeds: Deed[] = [];
    let input = first;
    for (const stage of pipeline.stages) {
      const found = this.statement(stage, input);
      deeds.push(...found);
      const text = printedBy([stage], this.scope, input.text);
      input = nextInput(found, input, text);
    }
    return deeds;
  }

  private command(command: Command, input: Input): Deed[] {
    const deeds = [...command.words, ...command.assignments.flatMap(({ values }) => values)].flatMap((word) =>
      this.inside(word),
    );
    if (command.words[0]?.pieces.some(({ kind }) => kind === 'output'))
      deeds.push(deed('run', command.words[0], 'computes which program it runs', { confidence: 'low' }));
    deeds.push(...this.redirects(command.redirects));
    const args = command.words.flatMap((word) => this.expand(word));
    deeds.push(...assign(command, args, this, (word) => this.whole(word)));
    if (args.length === 0) return deeds;
    const given = inputOf(command.redirects, input, this);
    const done = this.argv(args, given);
    this.note(command, done);
    return [...deeds, ...done];
  }

  /** Remembers what is written into which file, in case the script runs it later. */
  private note(command: Command, done: readonly Deed[]): void {
    const target = command.redirects.find(({ operator, descriptor }) => operator.startsWith('>') && descriptor !== '2');
    if (target === undefined) return;
    const text = printedBy([{ ...command, redirects: command.redirects.filter((one) => one !== target) }], this.scope);
    const network = done.some(({ effect }) => 'external' in EFFECTS[effect]);
    this.scope.files.set(fileOf(this.whole(target.target).text), {
      from: network ? 'network' : 'script',
      ...(text === undefined ? {} : { text }),
    });
  }

  redirects(all: readonly Redirect[]): Deed[] {
    return all.flatMap((redirect) => [
      ...this.inside(redirect.target),
      ...readRedirect(redirect, this.whole(redirect.target)),
    ]);
  }

  /** The commands inside of a word. What a process substitution gets is what the command around it prints. */
  private inside(word: Word): Deed[] {
    return word.pieces.flatMap((piece) => {
      if (piece.kind === 'unread')
        return [deed('blind', word, 'holds back-ticks that are not read', { confidence: 'low' })];
      if (piece.kind === 'output') {
        const input: Input = piece.process === '>' ? { from: 'files' } : NO_INPUT;
        return this.scope.deeper(() => this.statements(piece.body, input), []);
      }
      if (piece.kind === 'unknown') return this.scope.deeper(() => this.statements(piece.body, NO_INPUT), []);
      return piece.kind === 'variable' && piece.fallback.length > 0
        ? this.inside({ ...word, pieces: piece.fallback })
        : [];
    });
  }

  private expand(word: Word): Arg[] {
    return expand(word, this.scope, (body) => printedBy(body, this.scope));
  }

  whole(word: Word): Arg {
    return expandWhole(word, this.scope, (body) => printedBy(body, this.scope));
  }
}

function unread(at: Span, why: string): Deed {
  return deed('blind', at, `is not read: ${why}`, { confidence: 'low' });
}

/** What a command reads: a here-document or a file before what the pipe gives. */
function inputOf(redirects: readonly Redirect[], input: Input, reader: Reader): Input {
  const last = redirects.findLast(({ operator }) => operator.startsWith('<'));
  if (last === undefined) return input;
  const arg = reader.whole(last.target);
  if (last.operator !== '<') return arg.known ? { from: 'script', text: arg.text } : { from: 'files' };
  const written = reader.scope.files.get(fileOf(arg.text));
  return written === undefined
    ? { from: 'files' }
    : { from: written.from, ...(written.text === undefined ? {} : { text: written.text }) };
}

/** What the next command of a pipeline gets. */
function nextInput(deeds: readonly Deed[], before: Input, text: string | undefined): Input {
  if (text !== undefined) return { from: 'script', text };
  if (deeds.some(({ effect }) => effect === 'reveal' || effect === 'secret') || before.from === 'secrets')
    return { from: 'secrets' };
  if (deeds.some(({ effect }) => effect === 'fetch') || before.from === 'network') return { from: 'network' };
  return { from: 'files' };
}
