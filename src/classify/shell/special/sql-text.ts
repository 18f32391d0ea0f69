import type { Deed, Effect } from '../effect.ts';
import { deed } from '../effect.ts';
import type { Span } from '../syntax/tree.ts';

/** What a statement does, by the word that opens it. Others are run, and not known. */
const OPENINGS: readonly { opens: RegExp; is: Effect }[] = [
  { opens: /^(drop|truncate|delete|vacuum\s+full|purge|shutdown|kill|flush(all|db)?|reset)\b/i, is: 'lose' },
  { opens: /^update\b/i, is: 'overwrite' },
  { opens: /^alter\b[\s\S]*\bdrop\b/i, is: 'lose' },
  {
    opens: /^(grant|revoke|alter|create\s+(or\s+replace\s+)?(user|role|login)|set\s+(global|password))\b/i,
    is: 'admin',
  },
  {
    opens:
      /^(insert|replace|merge|create|copy|load|import|attach|comment|reindex|analyze|vacuum|begin|commit|use|set|pragma|install|export)\b/i,
    is: 'write',
  },
  { opens: /^[\\.](drop|restore|clear)/i, is: 'lose' },
  { opens: /^(select|values|table|show|describe|desc|explain|with|summarize|help)\b/i, is: 'look' },
  {
    opens:
      /^(?:\\(?:d\w*\+?|l\+?|z)|[\\.](?:dump|conninfo|tables|schema|databases|indexes|indices|dbinfo|show|help|version|mode|headers|stats|timer|echo|width|q|quit|exit|x|timing|encoding))(?![\w])/i,
    is: 'look',
  },
];
/** Words that make a statement more than a look, wherever they stand. */
const WRITES =
  /\b(insert|update|delete|drop|truncate|alter|create|grant|revoke|merge|replace|into|call|exec(ute)?|do|copy|attach|install|load|for\s+(update|share)|nextval|setval|pg_(terminate|cancel|reload|write|read|ls|rotate|switch|create|promote|logical)\w*|dblink\w*|lo_\w+|set_config|query_to_xml|xp_\w+|sp_\w+|load_extension|writefile|readfile|edit|outfile|dumpfile|load_file|sleep|benchmark|get_lock)\b/i;
const ALL_OR_NOTHING = /\bwhere\b/i;

/** Judges SQL by its words, strictly: a look only where no word of it could do anything else. */
export function judgeSql(text: string, _dialect: string, at: Span): Deed[] {
  const kind = { kind: 'database' } as const;
  const plain = withoutText(text.slice(0, 20_000));
  const statements = plain
    .split(';')
    .map((one) => one.trim())
    .filter(Boolean);
  if (statements.length === 0) return [deed('run', at, 'runs no statement that can be read', kind)];
  return statements.map((statement) => {
    const { is } = OPENINGS.find(({ opens }) => opens.test(statement)) ?? { is: 'run' as const };
    const line = statement.slice(0, 60);
    if (is === 'look' && WRITES.test(statement) && !/^[\\.]/.test(statement))
      return deed(worse(statement), at, `runs "${line}"`, kind);
    const narrow =
      (is === 'overwrite' || (is === 'lose' && /^delete/i.test(statement))) && ALL_OR_NOTHING.test(statement);
    return deed(narrow ? 'write' : is, at, `runs "${line}"`, kind);
  });
}

function worse(statement: string): Effect {
  if (/\b(drop|truncate|pg_terminate\w*|delete(?![\s\S]*\bwhere\b))\b/i.test(statement)) return 'lose';
  return 'write';
}

/** Takes comments and what stands in quotes out, so that words in them do not count. */
function withoutText(text: string): string {
  return text.replace(/--[^\n]*|\/\*[^!][\s\S]*?\*\/|'(?:[^']|'')*'/g, (found) => (found.startsWith("'") ? "''" : ' '));
}
