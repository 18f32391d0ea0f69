import { PermanentError } from '../errors.ts';
import { scanTemplate } from './scan.ts';

/** What can be bound. Dates are bound as ISO 8601 text in UTC. */
export type SqlValue = string | number | bigint | boolean | Date | Uint8Array | null;

/** SQL was not built the way that keeps values out of the text. Never retried. */
export class SqlMisuseError extends PermanentError {}

type Part = { text: string; placeholder: string | null } | { value: SqlValue };
export type Dialect = 'sqlite' | 'postgres';

let make: (parts: readonly Part[]) => Sql;
let partsOf: (statement: Sql) => readonly Part[];

/**
 * One SQL statement, or a piece of one, whose values are bound. Only the `sql` template makes these, so text that was put
 * together at run time can never become a statement.
 */
export class Sql {
  readonly #parts: readonly Part[];

  static {
    make = (parts) => new Sql(parts);
    partsOf = (statement) => statement.#parts;
  }

  private constructor(parts: readonly Part[]) {
    this.#parts = parts;
    Object.freeze(this);
  }

  /** Whether a value was made by the `sql` template. */
  static is(value: unknown): value is Sql {
    return typeof value === 'object' && value !== null && #parts in value;
  }
}

/** A statement as a driver takes it: text with placeholders, and the values for them. */
export interface BoundStatement {
  sql: string;
  parameters: SqlValue[];
}

function template(strings: TemplateStringsArray, ...values: readonly (SqlValue | Sql)[]): Sql {
  const texts: unknown = strings;
  if (!Array.isArray(texts) || !Object.isFrozen(texts) || !('raw' in texts)) {
    throw new SqlMisuseError('sql is a template tag: write sql`DELETE FROM users WHERE id = ${id}`, never sql(text)');
  }
  const scan = scanTemplate(strings);
  if (scan.problem) throw new SqlMisuseError(`In sql\`${excerpt(strings)}\`: ${scan.problem}`);
  const parts: Part[] = [];
  strings.forEach((text, index) => {
    parts.push({ text, placeholder: scan.placeholder });
    if (index === strings.length - 1) return;
    const value = values[index];
    // Spaces keep a piece from joining the text around it into another token, such as a comment.
    if (Sql.is(value)) parts.push(blank, ...partsOf(value), blank);
    else parts.push({ value: bindable(value, index, strings) });
  });
  return make(parts);
}

const blank: Part = { text: ' ', placeholder: null };

function bindable(value: unknown, index: number, strings: TemplateStringsArray): SqlValue {
  const refuse = (why: string): SqlMisuseError =>
    new SqlMisuseError(`In sql\`${excerpt(strings)}\`: \${…} number ${index + 1} ${why}`);
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (value instanceof Uint8Array) return value;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw refuse(`is ${value}: only finite numbers can be bound`);
    return value;
  }
  if (typeof value === 'bigint') {
    if (BigInt.asIntN(64, value) !== value) throw refuse('does not fit in 64 bits: bind it as a string');
    return value;
  }
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw refuse('is an invalid date');
    return value;
  }
  if (Array.isArray(value)) throw refuse('is an array: use sql.list(values), as in id IN (${sql.list(ids)})');
  if (value === undefined) throw refuse('is undefined: bind null if that is what is meant');
  throw refuse(
    `is ${typeof value === 'object' ? 'an object' : `a ${typeof value}`}: bind JSON.stringify(value), or a field of it`,
  );
}

function excerpt(strings: TemplateStringsArray): string {
  const text = strings.join('${…}').replace(/\s+/g, ' ').trim();
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** A quoted identifier, if `name` is one of `declared`. Throws `SqlMisuseError` for any other. */
function id(name: string, declared: readonly string[]): Sql {
  if (!declared.includes(name)) {
    throw new SqlMisuseError(
      `"${name}" is not a declared identifier: it must be one of ${declared.join(', ') || '(none)'}`,
    );
  }
  if (name === '' || name.includes('\0'))
    throw new SqlMisuseError('An identifier cannot be empty or hold a NUL character');
  return make([{ text: `"${name.replaceAll('"', '""')}"`, placeholder: null }]);
}

/** Values for `IN (…)`, each bound. Throws `SqlMisuseError` for an empty list, which SQL has no way to write. */
function list(values: readonly SqlValue[]): Sql {
  if (values.length === 0)
    throw new SqlMisuseError('sql.list needs at least one value: leave the condition out instead');
  const strings = Object.freeze(
    Object.assign(['', ...values.map((_, index) => (index < values.length - 1 ? ', ' : ''))], { raw: [] }),
  );
  return template(strings, ...values);
}

/**
 * Builds a statement: sql`DELETE FROM users WHERE last_seen < ${date}`. Every `${…}` becomes a bound parameter; another
 * `sql` piece is taken over with its parameters. `sql.id(name, declared)` is a checked identifier, `sql.list(values)` is
 * for `IN (…)`. Throws `SqlMisuseError` for an interpolation inside quotes, several statements, or what cannot be bound.
 */
export const sql = Object.assign(template, { id, list });

/** The text and the parameters of a statement. Throws `SqlMisuseError` for anything that `sql` did not make. */
export function bind(statement: unknown, dialect: Dialect): BoundStatement {
  if (!Sql.is(statement)) {
    throw new SqlMisuseError(
      'A statement must be made with the sql`…` template of gatehouse/executors; text is not taken',
    );
  }
  const bound: BoundStatement = { sql: '', parameters: [] };
  for (const part of partsOf(statement)) {
    if ('value' in part) {
      bound.parameters.push(part.value);
      bound.sql += dialect === 'sqlite' ? '?' : `$${bound.parameters.length}`;
      continue;
    }
    if (dialect === 'sqlite' && part.placeholder !== null) {
      throw new SqlMisuseError(`${part.placeholder} is a placeholder in SQLite: bind the value with \${…}`);
    }
    bound.sql += part.text;
  }
  if (/^\s*(begin|start|commit|end|rollback|abort|savepoint|release|attach|detach|pragma)\b/i.test(bound.sql)) {
    throw new SqlMisuseError(
      'An executor runs in one transaction that is not its own: it cannot begin, end or leave it',
    );
  }
  return bound;
}
