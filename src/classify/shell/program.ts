import type { TargetKind } from '@gatehouse/sdk/contract';
import type { Deed, Effect } from './effect.ts';
import type { Call } from './read/reading.ts';

/** A condition on the words behind a program, and what it makes of the command. */
export interface Rule {
  /** Phrases of plain words that the command opens with, separated by commas; any command without. */
  on?: string;
  /** Options, separated by spaces; one of them must be there. */
  has?: string;
  /** Options that take the rule back. */
  lacks?: string;
  is: Effect;
}

/** What is known of a program. Lists of words are texts, so that a table stays a table. */
export interface Program {
  /** Options that take the next word as their value, separated by spaces. */
  valued?: string;
  /** Options are words behind one dash, as in `find -name`. */
  longDash?: true;
  kind?: TargetKind;
  /**
   * What it does, by the plain words behind it: phrases separated by commas. The longest that
   * fits counts; one that ends in `$` fits when no other word follows.
   */
  does?: Partial<Record<Effect, string>>;
  /** What it does when no phrase fits. Without it: `run`. */
  otherwise?: Effect;
  /** What it does with no word behind it at all. Without it: as \`otherwise\`. */
  alone?: Effect;
  /** What it does with options alone, when it works on its standard input. Without it: as \`otherwise\`. */
  piped?: Effect;
  /** Options that make it harmless, beside `--help` and `--version`. */
  harmless?: string;
  /** Rules that replace what the phrases say; the first that fits counts. */
  instead?: readonly Rule[];
  /** Rules that add to it. */
  also?: readonly Rule[];
  /** Its first plain word is a pattern or a filter and no path, unless one of these options gives it. */
  patternBy?: string;
  /** What happens to the paths among its plain words. */
  files?: 'look' | 'write' | 'lose';
  /** Its sub-commands are verbs: known verbs say what it does where no phrase fits. */
  verbs?: true;
  /** With \`verbs\`: words that name groups of sub-commands, and are no verbs unless they come last. */
  groups?: string;
  /** With \`verbs\`: all its parameters are options, so that the last word before them is the verb. */
  lastVerb?: true;
  /** Options whose value is a file that it writes. */
  writes?: string;
  /** Options whose value is a command that it runs. */
  runs?: string;
  /** Options whose value is a file that it reads. */
  reads?: string;
  /** Reads what tables cannot say; undefined leaves the command to the table. */
  special?: (call: Call) => Deed[] | undefined;
}

/** Programs by their names; several names of one program are separated by spaces. */
export type Programs = Readonly<Record<string, Program>>;

/** The words of a list in a table. */
export function wordsOf(list: string | undefined): string[] {
  return list === undefined ? [] : list.split(/\s+/).filter(Boolean);
}
