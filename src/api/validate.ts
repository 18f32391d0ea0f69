import type { FieldError, Json } from '@gatehouse/sdk/contract';
import type { z } from 'zod';
import { GateProblem } from '../decide/problem.ts';

/** Below these keys a body carries data of others, which is stored as JSON and may hold any character. */
const OPAQUE_KEYS: ReadonlySet<string> = new Set(['context', 'result', 'arguments']);

/** Where a value comes from: a JSON pointer starts at the body, and a name stands for a query parameter or a header. */
export type Source = 'body' | 'query' | 'header';

/**
 * Holds `value` against `schema` and returns what the schema makes of it. Throws `GateProblem` `invalid_request` with
 * every field that is wrong, each with its fix.
 */
export function validate<T extends z.ZodType>(schema: T, value: unknown, source: Source): z.output<T> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const errors = parsed.error.issues.flatMap((issue) => fieldErrors(issue));
    throw invalid(source === 'body' ? errors : errors.map(nameOnly), source);
  }
  return parsed.data;
}

/** `validate` for a body; in addition its texts may not hold U+0000, which a text column of PostgreSQL cannot keep. */
export function validateBody<T extends z.ZodType>(schema: T, body: Json): z.output<T> {
  const data = validate(schema, body, 'body');
  const errors = nulErrors(body, '');
  if (errors.length > 0) throw invalid(errors, 'body');
  return data;
}

/** The problem for fields that are wrong; the detail names the first, and `errors` has them all. */
export function invalid(errors: readonly FieldError[], source: Source): GateProblem {
  const [first] = errors;
  const place = first?.field === '' ? `The ${source}` : `${PLACES[source]} ${first?.field}`;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more, see errors)` : '';
  return new GateProblem('invalid_request', `${place} ${first?.problem}: ${first?.fix}${more}.`, {}, errors);
}

const PLACES: Readonly<Record<Source, string>> = { body: 'Field', query: 'Query parameter', header: 'Header' };

/** A query parameter or header goes by its name; only places in a body are pointers. */
function nameOnly(error: FieldError): FieldError {
  return { ...error, field: error.field.replace(/^\//, '') };
}

function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  const field = pointer(issue.path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        field: pointer([...issue.path, key]),
        problem: 'is not a known field',
        fix: 'remove it, or correct its spelling',
      }));
    case 'invalid_type': {
      const missing = issue.message.endsWith('received undefined');
      return [
        {
          field,
          problem: missing ? 'is missing' : `must be ${article(issue.expected)}`,
          fix: `send ${article(issue.expected)}`,
        },
      ];
    }
    case 'too_small': {
      const least = `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${unit(issue.origin)}`;
      return [{ field, problem: 'is too small', fix: `send ${least}` }];
    }
    case 'too_big': {
      const most = `${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}${unit(issue.origin)}`;
      return [{ field, problem: 'is too large', fix: `send ${most}` }];
    }
    case 'invalid_value':
      return [{ field, problem: 'is none of its values', fix: `send one of ${issue.values.map(String).join(', ')}` }];
    case 'invalid_format':
      return [{ field, problem: 'has the wrong form', fix: formatFix(issue.format, issue.message) }];
    case 'invalid_union':
      return [{ field, problem: 'has none of its forms', fix: `send one of: ${unionForms(issue)}` }];
    default:
      return [{ field, problem: issue.message, fix: 'correct it as the API description says' }];
  }
}

function unionForms(issue: z.core.$ZodIssueInvalidUnion): string {
  const fixes = issue.errors.flatMap((branch) => branch.slice(0, 1)).flatMap((each) => fieldErrors(each));
  return [...new Set(fixes.map((each) => each.fix.replace(/^send (one of )?/, '')))].join('; ');
}

function formatFix(format: string, message: string): string {
  return format === 'uuid' ? 'send a UUID such as 0192f7a4-6c1e-4d6b-9a53-2f0c7e1b8d10' : `send ${message}`;
}

function unit(origin: string): string {
  return origin === 'string' ? ' characters' : '';
}

function article(expected: string): string {
  if (expected === 'record') return 'an object';
  return /^[aeiou]/.test(expected) ? `an ${expected}` : `a ${expected}`;
}

/** A JSON pointer (RFC 6901). */
function pointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function nulErrors(value: Json, field: string): FieldError[] {
  if (typeof value === 'string') {
    return value.includes('\0') ? [{ field, problem: 'holds the character U+0000', fix: 'remove it' }] : [];
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    OPAQUE_KEYS.has(key) ? [] : nulErrors(each, `${field}${pointer([key])}`),
  );
}
