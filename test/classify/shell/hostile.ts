import { randomNumbers } from '../../../src/demo/random.ts';

const PIECES =
  String.raw`ls|rm -rf /|echo|$(|)|${'`'}|"|'|\|;|&&||| |&|<<EOF${'\n'}|EOF${'\n'}|<<<|>|>>|2>&1|<(|>(|{|}|[[|]]|((|))|$((|$x|${'$'}{x:-|${'$'}{x//|if|then|fi|while true|do|done|case x in|esac|f(){|
|=|=(|*|?|~|/dev/tcp/|/etc/|base64 -d|bash -c|eval|xargs|find . -exec|sudo|ssh h|git push --force|kubectl|aws s3|docker run -v /:/|curl|sed s/|awk {|python -c|sql|--|-|-x|--output=|$'\x72|#|!|@|%|^|:`.split(
    '|',
  );
const STRANGE = [
  '\0',
  '\ud800',
  '\udfff',
  '\u202e',
  '\u200b',
  '\ufeff',
  '\u2028',
  '\x1b',
  '\x7f',
  '\r',
  '\t',
  '😀',
  'é',
  'е',
  '％',
];
/** Pieces that make parsers slow when they come by the thousand. */
const UNITS = [
  '(',
  '{',
  '[',
  '$(',
  '`',
  '"',
  "'",
  '\\',
  '|',
  '<<',
  '<',
  '>',
  '=(',
  '${',
  'if ',
  'a;',
  'a=',
  '$((',
  '&',
  ' ',
  '\n',
  'x',
  '{a,b}',
  's/',
  '-',
  'case ',
];
const COUNTS = [50, 200, 1000, 5000, 20_000];
const MEGABYTE = 2 ** 20;
const HEAVY = 500;
const ALONE = 200;

/** Scripts that a parser or a reader could choke on, the same at every run of one seed: about 200 for each. */
export function* hostileShell(seed: number): Generator<string> {
  const { below } = randomNumbers(seed);
  const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T;
  const many = (most: number, one: () => string): string => Array.from({ length: below(most) + 1 }, one).join('');
  const noise = (): string => (below(4) === 0 ? pick(STRANGE) : String.fromCharCode(below(128)));
  const spliced = (script: string): string => {
    const at = below(script.length + 1);
    return script.slice(0, at) + pick([...PIECES, ...STRANGE]) + script.slice(at + below(3));
  };
  const makers: (() => string)[] = [
    () => many(40, () => pick(PIECES) + pick(['', ' ', '\n'])),
    () => many(60, noise),
    () => pick(UNITS).repeat(pick(COUNTS)),
    () => many(3, () => pick(UNITS).repeat(below(400))) + pick(PIECES),
    () => spliced(spliced(many(12, () => `${pick(PIECES)} `))),
    () => `bash -c '${many(8, () => `${pick(PIECES).replaceAll("'", '')} `)}'`,
    () => `echo ${btoa(many(10, () => pick(PIECES)))} | base64 -d | sh`,
    () => nested(pick(['$(', '"$(', '(', '{ ', 'if a; then ', 'while a; do ']), below(80), pick(PIECES)),
  ];
  for (let done = 0; done < ALONE; done += 1) {
    if (below(HEAVY) === 0) {
      const unit = pick([...UNITS, ...PIECES]);
      yield unit.repeat(Math.ceil(MEGABYTE / Math.max(1, unit.length)));
    } else yield pick(makers)();
  }
}

const CLOSES: Record<string, string> = {
  '$(': ')',
  '"$(': ')"',
  '(': ')',
  '{ ': '; }',
  'if a; then ': '; fi',
  'while a; do ': '; done',
};

function nested(opens: string, depth: number, inner: string): string {
  return opens.repeat(depth) + inner + (CLOSES[opens] ?? '').repeat(depth);
}
