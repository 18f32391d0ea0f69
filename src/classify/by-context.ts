import type { Json, JsonObject } from '@gatehouse/sdk/contract';
import { findEnvironments } from './by-name.ts';
import type { TextField } from './fields.ts';
import { textFields } from './fields.ts';
import type { Finding } from './finding.ts';
import { tokenize } from './tokens.ts';
import { effectsOf } from './tool/effects.ts';
import { changing } from './tool/verbs.ts';
import { walk } from './walk.ts';

const ENVIRONMENT_KEYS = new Set(['environment', 'env', 'stage']);
const CODE_KEYS = new Set(['sql', 'statement', 'statements', 'command', 'cmd', 'script', 'shell', 'bash']);
/** Code of other languages, which nothing here reads. Short words under these keys are codes of another kind, or names. */
const OTHER_CODE_KEYS = new Set('code source source_code program snippet python javascript js typescript'.split(' '));
const LOOKS_LIKE_CODE = /[\n;(){}=]/;
const VERB_KEYS = new Set(['action', 'operation', 'op', 'verb', 'mutation']);
const ADDRESS_KEYS = new Set('to cc bcc recipient recipients'.split(' '));
const ADDRESS = /\S@\S|^\+?[\d\s()-]{7,20}$/;
const SQL_START =
  /^[\s(]*(select|insert|update|delete|drop|alter|truncate|create|with|merge|grant|revoke|call|do|copy)\s/i;
const METHODS: Record<string, 'write' | 'delete' | undefined> = {
  POST: 'write',
  PUT: 'write',
  PATCH: 'write',
  DELETE: 'delete',
};
const MAX_VERB = 200;

/** What the arguments say: environments, verbs and methods in them, and code that nobody has read. They only raise. */
export function findByContext(context: JsonObject): Finding[] {
  const findings = textFields(context).fields.flatMap(findInText);
  const complete = walk(context, (key, value) => {
    findings.push(...findInField(key.toLowerCase(), value));
  });
  if (!complete) {
    findings.push({ operation: 'unknown', part: 'context', says: 'it is too large or too deep to look through' });
  }
  return findings;
}

function findInField(name: string, value: Json): Finding[] {
  const part = `context.${name}`;
  if (ENVIRONMENT_KEYS.has(name)) {
    const found = typeof value === 'string' ? findEnvironments(tokenize(value), part) : [];
    return found.length > 0 ? found : [{ environment: 'unknown', part, says: 'it names no environment that is known' }];
  }
  const holdsMore = value !== null && typeof value === 'object';
  return CODE_KEYS.has(name) && holdsMore ? [unread(part, 'it is code, which is not read')] : [];
}

function findInText({ key, part, text }: TextField): Finding[] {
  if (CODE_KEYS.has(key) && text.trim() !== '') return [unread(part, 'it is code, which is not read')];
  if (OTHER_CODE_KEYS.has(key) && LOOKS_LIKE_CODE.test(text)) return [unread(part, 'it is code, which is not read')];
  if (key === 'query' && (SQL_START.test(text) || text.includes(';'))) {
    return [unread(part, 'it looks like SQL, which is not read')];
  }
  if (ADDRESS_KEYS.has(key) && ADDRESS.test(text.slice(0, 1000))) {
    return [{ external: true, part, says: 'it is an address that something is sent to' }];
  }
  if (key === 'method') {
    const operation = METHODS[text.trim().toUpperCase()];
    return operation ? [{ operation, confidence: 'medium', part, says: `it is ${text.trim().toUpperCase()}` }] : [];
  }
  return VERB_KEYS.has(key) ? findVerbs(part, text) : [];
}

function findVerbs(part: string, text: string): Finding[] {
  const words = tokenize(text);
  const found: Finding[] = [];
  for (const word of words) {
    const operation = changing(word);
    if (operation === undefined) continue;
    const effects = text.length > MAX_VERB ? {} : effectsOf(word, operation, words);
    found.push({ ...effects, operation, confidence: 'medium', part, says: `it has the word "${word.slice(0, 100)}"` });
  }
  return found;
}

/** Code counts as the strictest that code can be, until a parser has read it in full. */
function unread(part: string, says: string): Finding {
  return { operation: 'execute', destructive: true, irreversible: true, carrier: true, part, says };
}
