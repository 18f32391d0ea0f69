import type { Statement } from '../syntax/tree.ts';

/** What a variable holds as far as the script itself says; undefined where only the running shell knows. */
export type Value = string[] | undefined;

/** Scripts that unfold into more commands than this are not read to their end. */
const MAX_COMMANDS = 800;
/** `bash -c` in `bash -c`, functions that call each other: deeper is not read. */
const MAX_DEPTH = 8;

/** A file that the script itself has written: what is in it, where that is plain. */
export interface Written {
  text?: string;
  from: 'network' | 'script';
}

/** What the script has set so far: variables, functions, files, and how much reading is left. */
export class Scope {
  readonly variables = new Map<string, Value>();
  readonly functions = new Map<string, Statement[]>();
  readonly aliases = new Map<string, string>();
  readonly files = new Map<string, Written>();
  readonly calls = new Set<string>();
  /** Set once something was not read to its end. */
  cut = false;
  private left = MAX_COMMANDS;
  private depth = 0;
  private doubt = 0;

  /** Counts one command; false when the script has had its share. */
  spend(): boolean {
    if (this.left > 0) this.left--;
    else this.cut = true;
    return !this.cut;
  }

  /** Runs `what` one level deeper, or marks the script as cut when that is too deep. */
  deeper<T>(what: () => T, otherwise: T): T {
    if (this.depth >= MAX_DEPTH) {
      this.cut = true;
      return otherwise;
    }
    this.depth++;
    try {
      return what();
    } finally {
      this.depth--;
    }
  }

  /** What is set inside may or may not hold afterwards. */
  perhaps(what: () => void): void {
    this.doubt++;
    try {
      what();
    } finally {
      this.doubt--;
    }
  }

  set(name: string, value: Value): void {
    const known = this.variables.get(name);
    const same = value !== undefined && known?.join(' ') === value.join(' ');
    this.variables.set(name, this.doubt > 0 && !same && this.variables.has(name) ? undefined : value);
  }
}
