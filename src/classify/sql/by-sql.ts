import type { ClassifiedAction } from '../classify.ts';
import type { Finding } from '../finding.ts';
import { dialectsOf } from './dialect.ts';
import { isUnread } from './read/effect.ts';
import type { Names } from './read/names.ts';
import { readSql } from './read-sql.ts';
import type { SqlText } from './texts.ts';
import { sqlTexts } from './texts.ts';

const MAX_EFFECTS = 100;
const SENSITIVE = { secrets: 'secrets', personal: 'personal data', money: 'money', production: 'production' } as const;
const STRICTEST = { operation: 'execute', destructive: true, irreversible: true, confidence: 'low' } as const;

/** What the SQL in the arguments of a call does. What no parser reads counts as the strictest that SQL can be. */
export function findBySql(action: ClassifiedAction): Finding[] {
  const texts = sqlTexts(action);
  if (texts.length === 0) return [];
  const spoken = dialectsOf(action);
  return texts.flatMap((text) => findInText(text, readSql(text.text, spoken)));
}

function findInText({ part, said, settles }: SqlText, reading: ReturnType<typeof readSql>): Finding[] {
  if (isUnread(reading)) {
    if (!said) return [];
    const where = reading.at === undefined ? {} : { at: reading.at };
    return [{ ...STRICTEST, part, says: `it is SQL that cannot be read: ${reading.unread.slice(0, 200)}`, ...where }];
  }
  const { effects, names } = reading;
  const common = { part, targetKind: 'database', ...(settles ? { settles: true as const } : {}) } as const;
  // The strictest would be the first to be cut off, did they come late in the text.
  const kept = effects.length > MAX_EFFECTS ? [...effects].sort(byOperation).slice(0, MAX_EFFECTS) : effects;
  const found: Finding[] = kept.map((effect) => ({ ...effect, ...common }));
  const changes = effects.some(({ operation }) => operation !== undefined && operation !== 'read');
  // A doubt about one thing in it is a doubt about the whole.
  const confidence = effects.some(({ operation }) => operation === 'read') ? 'low' : 'high';
  if (!changes) found.push({ ...common, operation: 'read', confidence, says: reads(names) });
  return [...found, ...sensitivities(names, part)];
}

const BY_STRICTNESS = ['delete', 'administer', 'execute', 'unknown', 'write', 'read'];

function byOperation(a: { operation?: string }, b: { operation?: string }): number {
  return BY_STRICTNESS.indexOf(a.operation ?? 'read') - BY_STRICTNESS.indexOf(b.operation ?? 'read');
}

function reads(names: Names): string {
  const tables = names.tables();
  return tables === '' ? 'it changes nothing' : `it reads ${tables}`;
}

function sensitivities(names: Names, part: string): Finding[] {
  return names.sensitive().map(({ sensitivity, name }) => {
    return { sensitivity, part, says: `it names ${SENSITIVE[sensitivity]}: ${name}` };
  });
}
