import type { Json, JsonObject } from '@gatehouse/sdk/contract';
import type { Chance } from './chance.ts';
import { chanceOf, megabyteOf } from './chance.ts';
import type { Input, Kind } from './kind.ts';
import { HEAVY } from './kind.ts';

const WORDS =
  'get list delete users file Drop ALL sync run __ - : . / 删除 eliminar löschen rm _ do the read2 v1 s3 kv'.split(' ');
const KEYS = [
  'type',
  'properties',
  'enum',
  'items',
  '$ref',
  'description',
  '__proto__',
  'constructor',
  'toString',
  'default',
  'sql',
];
const LARGE = ['[', '{', 'delete ', 'A', 'aA', '_', '. ', '\u0301', 'ab-'];

/** Tools with long, deep and strange names, descriptions and schemas. */
export const tool: Kind = {
  name: 'tool',
  warm: [{ type: 'call_tool', target: 'x', context: {}, tool: { name: 'get_x' } }],
  *inputs(seed, runs): Iterable<Input> {
    const chance = chanceOf(seed);
    for (let i = 0; i < runs; i += 1) {
      const heavy = i % HEAVY === 0;
      const name = (chance.some(WORDS, 5) + chance.noise(chance.once(4) ? 8 : 0)).slice(0, 200) || 'x';
      const described = heavy ? megabyteOf(chance.pick(LARGE)).slice(0, 20_000) : chance.some([...WORDS, ' '], 20);
      const action = {
        type: chance.pick(['call_tool', name]),
        target: chance.noise(10) || 'x',
        context: heavy ? { data: megabyteOf(chance.pick(LARGE)) } : schema(chance, 3),
        tool: {
          name,
          description: described,
          inputSchema: heavy ? nested(chance) : schema(chance, 4),
          annotations: schema(chance, 1),
        },
      };
      // A name of nothing but signs says nothing.
      yield { action, unreadable: !/[\p{L}\p{N}]/u.test(`${action.type}${name}${described}`) };
    }
  },
};

function schema(chance: Chance, depth: number): JsonObject {
  const entries = Array.from({ length: chance.below(4) }, (): [string, Json] => [
    chance.once(3) ? chance.noise(4) : chance.pick(KEYS),
    depth > 0 && chance.once(2) ? schema(chance, depth - 1) : value(chance),
  ]);
  return Object.fromEntries(entries);
}

function value(chance: Chance): Json {
  return chance.pick<Json>([
    null,
    true,
    1e308,
    -0,
    '',
    chance.noise(5),
    chance.some(WORDS, 3),
    [],
    ['delete', 1],
    'object',
  ]);
}

/** Deeper than a program that calls itself survives, or wider than one that looks at each. */
function nested(chance: Chance): JsonObject {
  if (chance.once(2))
    return Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`k${i}`, { type: 'string' }]));
  let inner: JsonObject = {};
  for (let i = 0; i < 5000; i += 1) inner = { properties: { a: inner } };
  return inner;
}
