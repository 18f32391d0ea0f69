import type { Json, Tool } from '@gatehouse/sdk/contract';
import type { ClassifiedAction } from '../classify.ts';
import type { TextField } from '../fields.ts';
import { textFields } from '../fields.ts';
import { once } from '../once.ts';

/** A text argument that is SQL, or may be. */
export interface SqlText {
  part: string;
  text: string;
  /** Its place says that it is SQL, so that what cannot be parsed is held to be the worst that SQL can do. */
  said: boolean;
  /** Once it is read, nothing else of the call is handed over to be run. */
  settles: boolean;
}

const KEYS = new Set(
  'sql statement statements sql_query sqlquery sql_statement sqlstatement sql_text sqltext'.split(' '),
);
const QUERY_KEYS = new Set('query queries q query_string querystring query_text querytext raw_query'.split(' '));
const SAYS_SQL =
  /\bsql[- ](query|queries|statements?|commands?|code|scripts?|text)\b|^(the |a |raw |your )?sql\b|\b(query|queries|statements?|commands?)\b.{0,30}\bin sql\b/i;
const MAX_LOOKED_AT = 20_000;
const MAX_TEXTS = 50;

const STATEMENT =
  /^(select|insert|update|delete|drop|alter|truncate|create|with|merge|grant|revoke|call|do|copy|replace|exec|execute|pragma|attach|vacuum|explain|begin|declare|set|lock|kill|unload|rename)\b/i;
/** Openings that hardly any sentence of a natural language has. */
const UNMISTAKABLE =
  /^(select\b[\s\S]{1,5000}\bfrom\b|select\s+\w+\s*\(|insert\s+(ignore\s+)?into\b|update\s+\S{1,200}\s+set\b|delete\s+from\b|drop\s+(table|database|schema|view|index|user|role|function|trigger|procedure|sequence|type|extension)\b|truncate\s+(table\s+)?\S{1,200}\s*;?\s*$|alter\s+(table|database|schema|user|role|system|sequence|view)\b|create\s+(or\s+replace\s+)?(temp|temporary|unique|external)?\s*(table|database|schema|view|index|user|role|function|trigger|procedure|extension)\b|with\s+(recursive\s+)?\S{1,200}\s*(\([^)]{0,500}\)\s*)?as\s*(materialized\s*)?\(|merge\s+into\b|(grant|revoke)\b[\s\S]{1,1000}\b(to|from)\b|copy\s+\S{1,200}\s+(from|to)\b|copy\s*\(|exec(ute)?\s+[xs]p_\w+|explain\s+(analyze\s+)?(select|insert|update|delete|with)\b|do\s+\$)/i;

/** The texts in the arguments of a call that are SQL by their key or by what the tool's schema says, or that read like it. */
export const sqlTexts = once((action: ClassifiedAction): readonly SqlText[] => {
  const { fields } = textFields(action.context);
  const only = fields.length === 1;
  const described = describedAsSql(action.tool);
  const found: SqlText[] = [];
  for (const field of fields) {
    const { part, text } = field;
    if (found.length >= MAX_TEXTS) break;
    if (text.trim() === '') continue;
    if (isSaidToBeSql(field, described)) found.push({ part, text, said: true, settles: true });
    else if (QUERY_KEYS.has(field.key) && (looksLikeStatement(text) || text.includes(';'))) {
      found.push({ part, text, said: field.key === 'query', settles: true });
    } else if (UNMISTAKABLE.test(afterComments(text))) found.push({ part, text, said: false, settles: only });
  }
  return found;
});

/** True for a text that opens like a statement, comments and brackets before it left out. */
export function looksLikeStatement(text: string): boolean {
  return STATEMENT.test(afterComments(text));
}

function isSaidToBeSql({ key, part, text }: TextField, described: ReadonlySet<string>): boolean {
  if (KEYS.has(key)) return true;
  if (described.has(part.slice('context.'.length).replace(/\[\d+\]$/, ''))) return true;
  return key.includes('sql') && looksLikeStatement(text);
}

/** The arguments that the schema of a tool says to take SQL. */
function describedAsSql(tool: Tool | undefined): ReadonlySet<string> {
  const properties = Object.entries(objectOf(tool?.inputSchema?.['properties'])).slice(0, 500);
  return new Set(
    properties.flatMap(([name, property]) => {
      const { description, title } = objectOf(property);
      const says = [description, title].some((text) => typeof text === 'string' && SAYS_SQL.test(text.slice(0, 1000)));
      return says ? [name] : [];
    }),
  );
}

function objectOf(value: Json | undefined): Record<string, Json> {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};
}

/** The text from its first word on. */
function afterComments(text: string): string {
  const head = text.slice(0, MAX_LOOKED_AT);
  let at = 0;
  for (;;) {
    while (at < head.length && /[\s(;\ufeff]/.test(head[at] ?? '')) at += 1;
    const line = head.startsWith('--', at) || head[at] === '#';
    const block = head.startsWith('/*', at) && !/^\/\*M?!/.test(head.slice(at, at + 4));
    if (!line && !block) return head.slice(at).replace(/^\/\*M?!\d*\s*/, '');
    const end = line ? head.indexOf('\n', at) : head.indexOf('*/', at + 2);
    if (end < 0) return '';
    at = end + (line ? 1 : 2);
  }
}
