/** Letters that look like Latin ones, by script; a word made of nothing else passes for a Latin word. */
const LOOKALIKES = new Set('асеорхуіјѕһԁԛԝӏԍАВСЕНІЈКМОРЅТХУҮԌѴΑΒΕΖΗΙΚΜΝΟΡΤΥΧονρυаϲϳ');

const OTHER_SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['Greek', /\p{Script=Greek}/u],
  ['Armenian', /\p{Script=Armenian}/u],
  ['Cherokee', /\p{Script=Cherokee}/u],
  ['Coptic', /\p{Script=Coptic}/u],
  ['Lisu', /\p{Script=Lisu}/u],
  ['Hebrew', /\p{Script=Hebrew}/u],
  ['Georgian', /\p{Script=Georgian}/u],
];

const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;
const NOT_SHOWN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/u;
/** Punctuation that looks like ASCII and that normalisation leaves alone. */
const LOOKALIKE_SIGNS = new Set('\u2044\u2215\u29f8\ua789\u2236\u02d0\u01c3\u2010\u2011\u2012\u2212\u02b9\u2032');
const WORD = /[\p{L}\p{M}\p{N}_]+/gu;
const LATIN = /\p{Script=Latin}/u;

/** Why a character must not reach a terminal or a page as it is, or null when it may. `before` is what stands before it. */
export function suspicionOf(character: string, before: string): string | null {
  if (character >= ' ' && character <= '~') return null;
  if (NOT_SHOWN.test(character)) return hiddenKind(character);
  if (LOOKALIKE_SIGNS.has(character)) return 'sign that looks like ASCII';
  // Two marks on a letter are what languages use; more pile up over other lines, and one without a letter joins ours.
  if (/\p{M}/u.test(character) && !/\p{L}\p{M}?$/u.test(before)) return 'combining mark out of place';
  const plain = character.normalize('NFKC');
  if (plain !== character && /^[!-~]+$/.test(plain) && !/^[\p{So}\p{No}\u2026]$/u.test(character)) {
    return 'letter or sign that looks like ASCII';
  }
  return null;
}

/**
 * The characters of a text that pass for others, by their index in code units: those of another script within a Latin
 * word, and words that are made of look-alikes alone.
 */
export function disguises(text: string): Map<number, string> {
  const found = new Map<number, string>();
  const words = [...text.matchAll(WORD)].map((match) => ({ at: match.index, letters: lettersOf(match[0]) }));
  const foreign = words.filter(({ letters }) => letters.some(({ script }) => script !== null));
  // In a text of that script short words of look-alikes are ordinary; alone, or among Latin words, they are not.
  const onlyLookalikes = foreign.every(({ letters }) =>
    letters.every(({ script, lookalike }) => script === null || lookalike),
  );
  for (const { at, letters } of foreign) {
    const scripts = new Set(
      letters.flatMap(({ script, latin }) => (latin ? ['Latin'] : script === null ? [] : [script])),
    );
    for (const { offset, script } of letters) {
      if (script === null) continue;
      if (scripts.size > 1) found.set(at + offset, `${script} letter in a word of mixed scripts`);
      else if (onlyLookalikes) found.set(at + offset, `${script} letter that looks Latin`);
    }
  }
  return found;
}

interface Letter {
  offset: number;
  latin: boolean;
  script: string | null;
  lookalike: boolean;
}

function lettersOf(word: string): Letter[] {
  const letters: Letter[] = [];
  let offset = 0;
  for (const character of word) {
    const script = OTHER_SCRIPTS.find(([, pattern]) => pattern.test(character))?.[0] ?? null;
    letters.push({ offset, latin: LATIN.test(character), script, lookalike: LOOKALIKES.has(character) });
    offset += character.length;
  }
  return letters;
}

function hiddenKind(character: string): string {
  if (character === '\u001b' || character === '\u009b') return 'terminal escape';
  if (/\p{Cc}/u.test(character)) return 'control character';
  if (BIDI.test(character)) return 'bidi control';
  if (INVISIBLE.test(character)) return 'invisible character';
  if (/\p{Cs}/u.test(character)) return 'half a surrogate pair';
  if (/\p{Z}/u.test(character)) return 'unusual space or line break';
  return 'character without a shape';
}
