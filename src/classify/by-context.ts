import type { Json, JsonObject } from '@gatehouse/sdk/contract';
import { changing, findEnvironments } from './by-name.ts';
import type { Finding } from './finding.ts';
import { tokenize } from './tokens.ts';
import { walk } from './walk.ts';

const ENVIRONMENT_KEYS = new Set(['environment', 'env', 'stage']);
const CODE_KEYS = new Set(['sql', 'statement', 'statements', 'command', 'cmd', 'script', 'shell', 'bash']);
const VERB_KEYS = new Set(['action', 'operation', 'op', 'verb', 'mutation']);
const SQL_START =
  /^[\s(]*(select|insert|update|delete|drop|alter|truncate|create|with|merge|grant|revoke|call|do|copy)\s/i;
const METHODS: Record<string, 'write' | 'delete' | undefined> = {
  POST: 'write',
  PUT: 'write',
  PATCH: 'write',
  DELETE: 'delete',
};

/** What the arguments say: environments, verbs and methods in them, and code that nobody has read. They only raise. */
export function findByContext(context: JsonObject): Finding[] {
  const findings: Finding[] = [];
  const complete = walk(context, (key, value) => {
    const name = key.toLowerCase();
    findings.push(...findInField(name, value));
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
  if (CODE_KEYS.has(name) && holdsText(value)) {
    return [{ operation: 'execute', part, says: 'it is code, which is not read' }];
  }
  if (typeof value !== 'string') return [];
  if (name === 'query' && (SQL_START.test(value) || value.includes(';'))) {
    return [{ operation: 'execute', part, says: 'it looks like SQL, which is not read' }];
  }
  if (name === 'method') {
    const operation = METHODS[value.trim().toUpperCase()];
    return operation ? [{ operation, part, says: `it is ${value.trim().toUpperCase()}` }] : [];
  }
  if (!VERB_KEYS.has(name)) return [];
  return tokenize(value).flatMap((word) => {
    const operation = changing(word);
    return operation ? [{ operation, part, says: `it has the word "${word}"` }] : [];
  });
}

function holdsText(value: Json): boolean {
  return typeof value === 'string' ? value.trim() !== '' : value !== null && typeof value === 'object';
}
