import type { Deed } from '../effect.ts';
import { deed } from '../effect.ts';
import type { Call } from '../read/reading.ts';
import { hasExactly, takeApart, valuesOf } from '../words/options.ts';

const API = new Set(
  '-X --method -H --header -f --raw-field -F --field -q --jq -t --template --input --hostname --cache -p --preview'.split(
    ' ',
  ),
);

/** `gh api`, `glab api`: a request like any other; with fields it is a POST. Undefined leaves the rest to the table. */
export function gh(call: Call): Deed[] | undefined {
  if (call.args[0]?.text !== 'api') return undefined;
  const options = takeApart(call.args.slice(1), { valued: API });
  if (hasExactly(options, ['--help'])) return undefined;
  const [path] = options.plain;
  const fields = valuesOf(options, '-f', '--raw-field', '-F', '--field');
  const body = fields.length > 0 || valuesOf(options, '--input').length > 0;
  const asked = valuesOf(options, '-X', '--method').at(-1);
  const method = (asked?.text ?? (body ? 'POST' : 'GET')).toUpperCase();
  const shown = `${method} ${path?.text ?? ''}`.slice(0, 80);
  const more = { kind: 'code' } as const;
  if (asked?.known === false || path?.known === false)
    return [deed('blind', call.at, 'asks a forge by what only the running shell knows', more)];
  if (path?.text === 'graphql') {
    const query = fields.map((field) => field.text).join('\n');
    const only = /^query=\s*(query\b|\{)/m.test(query) && !/\bmutation\b/.test(query);
    return [
      deed(only ? 'fetch' : 'send', call.at, `asks a forge by GraphQL`, more),
      ...(/\b(delete|remove)\w*\s*\(/.test(query) ? [deed('lose', call.at, 'deletes by GraphQL', more)] : []),
    ];
  }
  if (method === 'GET' || method === 'HEAD') return [deed('fetch', call.at, `asks a forge by ${shown}`, more)];
  return [deed(method === 'DELETE' ? 'lose' : 'send', call.at, `changes a forge by ${shown}`, more)];
}
