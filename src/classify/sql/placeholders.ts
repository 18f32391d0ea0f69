/** Standing alone, where a value stands. */
const PLACEHOLDERS = /(?<=[\s(,=<>])(?::(?:\w+|'\w+'|"\w+")|%s|%\(\w+\)s|@\w+|\?)(?=[\s),;]|$)/g;
/** The word itself where a name must stand, as examples and templates have it. No database takes it. */
const ANY_TABLE = /(?<=\b(?:from|join|into|update)\s)table\b(?!\s*\()/gi;

/**
 * Puts parameters in the place of what drivers write for them (`:id`, `%s`, `%(id)s`, `@id`, `?`), so that a parser
 * takes the text. Undefined where there are none. Every place stays where it is.
 */
export function withParameters(text: string): string | undefined {
  const replaced = text
    .replace(PLACEHOLDERS, (found) => (found.length === 1 ? '0' : '$1'.padEnd(found.length)))
    .replace(ANY_TABLE, 'tabl_');
  return replaced === text ? undefined : replaced;
}
