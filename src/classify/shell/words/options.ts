import type { Arg } from './expand.ts';

/** The arguments of a program, taken apart. */
export interface Options {
  /** Options with their values, in their order; clusters of letters come one by one. */
  flags: readonly { name: string; value: Arg | undefined }[];
  /** Everything that is no option and no value of one. */
  plain: readonly Arg[];
}

/** How a program writes its options. */
export interface OptionStyle {
  /** Options that take the next word as their value. */
  valued?: ReadonlySet<string>;
  /** Options are whole words behind one dash (`-name`), never clusters of letters. */
  longDash?: boolean;
  /** The first plain word ends the options: what follows belongs to another command. */
  stopsAtPlain?: boolean;
}

/** Takes arguments apart by the rules of getopt: `-abc` is `-a -b -c`, `-ofile` and `--out=file` carry a value, `--` ends them. */
export function takeApart(args: readonly Arg[], style: OptionStyle): Options {
  const flags: { name: string; value: Arg | undefined }[] = [];
  const plain: Arg[] = [];
  const valued = style.valued ?? new Set();
  for (let index = 0; index < args.length; index++) {
    const arg = args[index];
    if (arg === undefined) break;
    const text = arg.text;
    if (text === '--') {
      plain.push(...args.slice(index + 1));
      break;
    }
    if (!/^-./.test(text)) {
      if (style.stopsAtPlain) {
        plain.push(...args.slice(index));
        break;
      }
      plain.push(arg);
      continue;
    }
    const next = (): Arg | undefined => args[++index];
    const equals = text.indexOf('=');
    if (text.startsWith('--') || style.longDash) {
      const name = equals > 0 ? text.slice(0, equals) : text;
      if (equals > 0) flags.push({ name, value: { ...arg, text: text.slice(equals + 1) } });
      else flags.push({ name, value: valued.has(name) ? next() : undefined });
      continue;
    }
    for (let at = 1; at < text.length; at++) {
      const name = `-${text.charAt(at)}`;
      if (!valued.has(name)) {
        flags.push({ name, value: undefined });
        continue;
      }
      const rest = text.slice(at + 1);
      flags.push({ name, value: rest === '' ? next() : { ...arg, text: rest } });
      break;
    }
  }
  return { flags, plain };
}

/** True when one of the options is there; long ones may be shortened as getopt allows (`--recurs`). */
export function hasOption(options: Options, names: readonly string[]): boolean {
  return options.flags.some(({ name }) => names.includes(name) || names.some((full) => isShort(name, full)));
}

/** True when one of the options is there as written: for options that make a command harmless. */
export function hasExactly(options: Options, names: readonly string[]): boolean {
  return options.flags.some(({ name, value }) => {
    const full = value === undefined ? name : `${name}=${value.text}`;
    return names.includes(name) || names.includes(full);
  });
}

/** The values of an option, in their order. */
export function valuesOf(options: Options, ...names: string[]): Arg[] {
  return options.flags.flatMap(({ name, value }) =>
    value !== undefined && (names.includes(name) || names.some((full) => isShort(name, full))) ? [value] : [],
  );
}

function isShort(name: string, full: string): boolean {
  return name.length > 3 && full.startsWith('--') && full.startsWith(name);
}
