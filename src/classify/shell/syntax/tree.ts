/** Where something stands in the script, in UTF-16 units. */
export interface Span {
  start: number;
  end: number;
}

/** A stretch of a word: text, a variable, what another command prints, or something only the running shell knows. */
export type Piece =
  | { kind: 'text'; text: string; quoted: boolean }
  | { kind: 'variable'; name: string; operator: string; fallback: Piece[]; quoted: boolean }
  | { kind: 'output'; body: Statement[]; process: '' | '<' | '>'; quoted: boolean }
  | { kind: 'unknown'; body: Statement[] }
  /** Something that runs, and that the grammar did not see. */
  | { kind: 'unread' };

export interface Word extends Span {
  pieces: Piece[];
}

export interface Assignment extends Span {
  name: string;
  /** A list has several; `appends` for `+=`. */
  values: Word[];
  appends: boolean;
}

export interface Redirect extends Span {
  operator: string;
  descriptor: string;
  /** Where it goes to or comes from; the text itself for a here-document and `<<<`. */
  target: Word;
}

export interface Command extends Span {
  kind: 'command';
  assignments: Assignment[];
  words: Word[];
  redirects: Redirect[];
  background: boolean;
}

export interface Pipeline extends Span {
  kind: 'pipeline';
  stages: Statement[];
  redirects: Redirect[];
  background: boolean;
}

/** Statements that belong together: a list, a loop, a branch, a subshell. */
export interface Group extends Span {
  kind: 'group';
  of: 'list' | 'branch' | 'loop' | 'subshell';
  body: Statement[];
  /** What a `for` counts through. */
  binds?: { name: string; values: Word[] };
  /** A loop whose condition never fails. */
  endless: boolean;
  redirects: Redirect[];
  background: boolean;
}

export interface Definition extends Span {
  kind: 'function';
  name: string;
  body: Statement[];
  redirects: Redirect[];
  background: boolean;
}

export type Statement = Command | Pipeline | Group | Definition;
