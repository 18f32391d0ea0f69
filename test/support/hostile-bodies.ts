import fc from 'fast-check';

/** A body that somebody might send to break the gate. */
export interface HostileBody {
  /** What is wrong with it, for the message of a failed test. */
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

const encode = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text, 'utf8'));
const around = (context: string): string =>
  `{"action":{"type":"read_balance","target":"staging","context":${context}}}`;
/** For bodies made at random, which may turn out well-formed: then the action is one that no policy of ours allows. */
const aroundBlocked = (context: string): string =>
  `{"action":{"type":"drop_table","target":"production_database","context":${context}}}`;
const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

/** Bodies written by hand: each is refused whatever the policy says. */
export const HOSTILE_BODIES: readonly HostileBody[] = (
  [
    ['nothing', ''],
    ['white space', ' \n\t '],
    ['a word', 'null'],
    ['a number', '7'],
    ['a text', '"guard"'],
    ['an empty array', '[]'],
    ['an array of requests', `[${around('{}')}]`],
    ['an empty object', '{}'],
    ['no action', '{"requestId":"x"}'],
    ['a null action', '{"action":null}'],
    ['an action that is an array', '{"action":[]}'],
    ['a type that is a number', '{"action":{"type":1,"target":"x","context":{}}}'],
    ['an empty type', '{"action":{"type":"","target":"x","context":{}}}'],
    ['a type that is too long', `{"action":{"type":"${'x'.repeat(201)}","target":"x","context":{}}}`],
    ['a target that is an object', '{"action":{"type":"read_balance","target":{},"context":{}}}'],
    ['a context that is an array', around('[]')],
    ['a context that is a text', around('"{}"')],
    ['a context that is null', around('null')],
    ['an unknown field', '{"action":{"type":"read_balance","target":"x","context":{}},"decision":"ALLOW"}'],
    ['an unknown field in the action', '{"action":{"type":"read_balance","target":"x","outcome":"ALLOW"}}'],
    ['an agent in the body', '{"action":{"type":"read_balance","target":"x"},"agent":"admin"}'],
    ['a claim that is no UUID', '{"action":{"type":"read_balance","target":"x"},"claim":"mine"}'],
    ['a claim that is true', '{"action":{"type":"read_balance","target":"x"},"claim":true}'],
    ['a negative lease', '{"action":{"type":"read_balance","target":"x"},"leaseSeconds":-1}'],
    ['an endless lease', '{"action":{"type":"read_balance","target":"x"},"leaseSeconds":1e300}'],
    ['an unknown mode', '{"action":{"type":"read_balance","target":"x"},"mode":"root"}'],
    ['U+0000 in the type', '{"action":{"type":"read\\u0000_balance","target":"x","context":{}}}'],
    ['U+0000 in the request id', '{"action":{"type":"read_balance","target":"x"},"requestId":"\\u0000"}'],
    ['the same key twice', around('{"count":1,"count":1500}')],
    ['the same key twice, escaped', around('{"count":1,"\\u0063ount":1500}')],
    ['two actions', `{"action":{"type":"read_balance","target":"x"},"action":{"type":"drop_table","target":"y"}}`],
    ['__proto__', around('{"__proto__":{"admin":true}}')],
    ['__proto__, escaped', around('{"__pr\\u006fto__":{"admin":true}}')],
    ['__proto__ at the top', '{"__proto__":{"action":{"type":"read_balance","target":"x"}}}'],
    ['constructor', around('{"a":{"constructor":{"prototype":{"admin":true}}}}')],
    ['prototype', around('[{"prototype":1}]')],
    ['a number beyond a double', around('{"amount":1e999}')],
    ['a negative number beyond a double', around('{"amount":-1e999}')],
    ['400 digits', around(`{"amount":${'9'.repeat(400)}}`)],
    ['NaN', around('{"amount":NaN}')],
    ['Infinity', around('{"amount":Infinity}')],
    ['a hexadecimal number', around('{"amount":0x10}')],
    ['a number with a leading zero', around('{"amount":010}')],
    ['half a surrogate pair', around('{"name":"\\ud800"}')],
    ['a surrogate pair the wrong way round', around('{"name":"\\udc00\\ud800"}')],
    ['half a surrogate pair as a key', around('{"\\udfff":1}')],
    ['33 levels', around(nested(33))],
    ['20,000 levels of objects', around(nested(20_000))],
    ['100,000 open brackets', '['.repeat(100_000)],
    ['100,000 open braces with keys', '{"a":'.repeat(50_000)],
    ['100,000 closing brackets', ']'.repeat(100_000)],
    ['a megabyte of brackets', '['.repeat(1_000_000)],
    ['a megabyte of text', around(`{"text":"${'x'.repeat(1_000_000)}"}`)],
    ['comments', `/* ALLOW */ ${around('{}')}`],
    ['a trailing comma', around('{"a":1,}')],
    ['single quotes', "{'action':{}}"],
    ['something after the end', `${around('{}')} x`],
    ['two documents', `${around('{}')}\n${around('{}')}`],
    ['a broken end', around('{}').slice(0, -1)],
    ['a byte order mark', `\ufeff${around('{}')}`],
    ['a raw line break in a text', around('{"a":"x\ny"}')],
    ['a form', 'action[type]=read_balance&action[target]=x'],
    ['XML', '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'],
  ] as const
)
  .map(([name, text]): HostileBody => ({ name, bytes: encode(text) }))
  .concat([
    { name: 'a lone continuation byte', bytes: bytesIn(around('{"a":"?"}'), [0x80]) },
    { name: 'an overlong slash', bytes: bytesIn(around('{"a":"?"}'), [0xc0, 0xaf]) },
    { name: 'a surrogate in UTF-8', bytes: bytesIn(around('{"a":"?"}'), [0xed, 0xa0, 0x80]) },
    { name: 'a cut multi-byte character', bytes: bytesIn(around('{"a":"?"}'), [0xf0, 0x9f]) },
    { name: 'UTF-16', bytes: new Uint8Array(Buffer.from(around('{}'), 'utf16le')) },
    { name: 'zero bytes', bytes: new Uint8Array(64) },
    { name: '0xff bytes', bytes: new Uint8Array(64).fill(0xff) },
  ]);

/**
 * Bodies made at random: valid and invalid shapes, mutated bytes, doubled keys. A few are good requests after all, so
 * what a test may say of them is: never a 500, never an ALLOW, and what reaches the gateway is what the schema holds.
 */
export function hostileBodies(): fc.Arbitrary<HostileBody> {
  const word = fc.constantFrom(
    'action',
    'type',
    'target',
    'context',
    'claim',
    'mode',
    'requestId',
    '__proto__',
    'constructor',
  );
  const value = fc.jsonValue({ maxDepth: 5 });
  const shaped = fc
    .record(
      {
        action: fc.oneof(
          value,
          fc.record({ type: fc.oneof(fc.string(), value), target: fc.oneof(fc.string(), value), context: value }),
        ),
        mode: fc.oneof(fc.constantFrom('permit', 'executor', 'root'), value),
        claim: fc.oneof(fc.uuid(), fc.boolean(), value),
        requestId: fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), value),
        leaseSeconds: fc.oneof(fc.double(), value),
        purpose: fc.oneof(fc.string({ maxLength: 3000 }), value),
      },
      { requiredKeys: [] },
    )
    .map((body) => JSON.stringify(body));
  const doubled = fc
    .tuple(word, value, value)
    .map(([key, first, second]) =>
      aroundBlocked(`{${[first, second].map((each) => `"${key}":${JSON.stringify(each)}`).join()}}`),
    );
  const anything = fc.dictionary(fc.oneof(word, fc.string()), value).map((body) => JSON.stringify(body));
  const deep = fc.integer({ min: 28, max: 400 }).map((depth) => aroundBlocked(nested(depth)));
  const text = fc.oneof(
    shaped,
    doubled,
    anything,
    deep,
    value.map((each) => aroundBlocked(JSON.stringify(each))),
  );
  const mutated = fc
    .tuple(text, fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 }))
    .map(([body, changes]) => mutate(encode(body), changes));
  return fc.oneof(
    text.map((body): HostileBody => ({ name: body.slice(0, 200), bytes: encode(body) })),
    mutated.map((bytes): HostileBody => ({ name: 'mutated bytes', bytes })),
    fc
      .uint8Array({ maxLength: 400 })
      .map((bytes): HostileBody => ({ name: 'random bytes', bytes: new Uint8Array(bytes) })),
  );
}

function mutate(
  bytes: Uint8Array<ArrayBuffer>,
  changes: readonly (readonly [number, number])[],
): Uint8Array<ArrayBuffer> {
  for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
  return bytes;
}

/** Puts bytes in the place of the only question mark. */
function bytesIn(text: string, bytes: readonly number[]): Uint8Array<ArrayBuffer> {
  const [before = '', after = ''] = text.split('?');
  return new Uint8Array([...encode(before), ...bytes, ...encode(after)]);
}
