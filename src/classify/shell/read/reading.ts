import type { Deed } from '../effect.ts';
import type { Span, Statement } from '../syntax/tree.ts';
import type { Arg } from '../words/expand.ts';
import type { Scope } from '../words/scope.ts';

/** What a command gets on its standard input, as far as the script says. */
export interface Input {
  from: 'nothing' | 'network' | 'files' | 'secrets' | 'script';
  /** The text itself, where it is plain. */
  text?: string;
}

export const NO_INPUT: Input = { from: 'nothing' };

/** What a special reader of a program may use: the rest of the script, and reading more of it. */
export interface Reading {
  scope: Scope;
  /** Reads a text as a script of its own; what is found there carries the place of the word that holds it. */
  script(text: string, at: Span): Deed[];
  /** Reads the body of a function. */
  statements(body: readonly Statement[], input: Input): Deed[];
  /** Reads a command that another one runs. */
  argv(args: readonly Arg[], input: Input): Deed[];
}

/** One command: a program, its arguments, what it gets. */
export interface Call {
  name: string;
  args: readonly Arg[];
  input: Input;
  reading: Reading;
  at: Span;
}
