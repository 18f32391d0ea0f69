import type * as GraphQL from 'graphql';
import type { ClassifiedAction } from '../classify.ts';
import type { TextField } from '../fields.ts';
import { textFields } from '../fields.ts';
import type { Finding } from '../finding.ts';
import { once } from '../once.ts';
import type { LazyParser } from '../parsers.ts';
import { findInName } from './by-verbs.ts';

const KEYS = new Set('query graphql gql mutation document'.split(' '));
const OPENS = /^\s*(?:#[^\n]*\n\s*)*(?:query|mutation|subscription|fragment)\b[^{]{0,2000}\{/;
const OPENS_SHORT = /^\s*\{\s*[A-Za-z_]/;
const MAX_LENGTH = 100_000;
/** Bounds the depth as well: the parser goes down one level for one token. */
const MAX_TOKENS = 5000;
const MAX_FIELDS = 200;

let library: typeof GraphQL | undefined;
let loading: Promise<void> | undefined;

/** The parser of GraphQL, loaded for the first call that holds a document. */
export const graphqlParser: LazyParser = {
  isNeeded: (action) => documentsOf(action).length > 0,
  isReady: () => library !== undefined,
  load: () => {
    loading ??= import('graphql').then(
      (loaded) => {
        library = loaded;
      },
      () => undefined,
    );
    return loading;
  },
};

/** What GraphQL in the arguments does: queries and subscriptions read, mutations do what the names of their fields say. */
export function findByGraphql(action: ClassifiedAction): Finding[] {
  return documentsOf(action).flatMap((field) => findInDocument(field));
}

const documentsOf = once((action: ClassifiedAction): TextField[] =>
  textFields(action.context).fields.filter(
    ({ key, text }) => KEYS.has(key) && (OPENS.test(text) || OPENS_SHORT.test(text)),
  ),
);

function findInDocument({ text, part }: TextField): Finding[] {
  const document = library === undefined ? undefined : parse(library, text);
  if (library === undefined || document === undefined) {
    // `{ name: "x" }` is a filter in many languages; only what says that it is GraphQL is held to it.
    return OPENS.test(text) ? [{ ...STRICTEST, part, says: 'it is GraphQL that cannot be read' }] : [];
  }
  const { Kind, OperationTypeNode } = library;
  const found: Finding[] = [];
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const { operation, selectionSet } = definition;
    if (operation !== OperationTypeNode.MUTATION) {
      found.push({ operation: 'read', confidence: 'high', settles: true, part, says: `it is a GraphQL ${operation}` });
      continue;
    }
    const names = selectionSet.selections.map((field) => (field.kind === Kind.FIELD ? field.name.value : ''));
    if (names.length > MAX_FIELDS) names.splice(MAX_FIELDS, names.length, '');
    found.push(...names.flatMap((name) => findInMutation(name, part)));
  }
  return found;
}

/** What a field of a mutation changes, by its name. One that claims to read, or is a fragment, is not vouched for. */
function findInMutation(field: string, part: string): Finding[] {
  const named = findInName(field, { part }).filter(({ operation }) => operation !== undefined && operation !== 'read');
  const says = `it is a GraphQL mutation with the field "${field.slice(0, 100)}"`;
  if (named.length === 0) return [{ operation: 'unknown', settles: true, part, says }];
  return named.map((finding) => ({ ...withoutCarrier(finding), settles: true, says }));
}

function withoutCarrier(finding: Finding): Finding {
  const own = { ...finding };
  delete own.carrier;
  return own;
}

const STRICTEST = { operation: 'execute', destructive: true, irreversible: true } as const;

function parse({ parse: read }: typeof GraphQL, text: string): GraphQL.DocumentNode | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  try {
    return read(text, { noLocation: true, maxTokens: MAX_TOKENS });
  } catch {
    return undefined;
  }
}
