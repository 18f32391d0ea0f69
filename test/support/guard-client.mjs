// An agent in a process of its own: guards one action many times at once under one key, and appends a line to a file for
// each effect. It says how the calls ended.
import { Gatehouse } from '@gatehouse/sdk';
import { appendFileSync } from 'node:fs';

const [url, apiKey, idempotencyKey, file, times] = process.argv.slice(2);
const gate = new Gatehouse({ url, apiKey });
const run = () => appendFileSync(file, `${process.pid}\n`);
const ends = await Promise.allSettled(
  Array.from({ length: Number(times) }, () => gate.guard('read_word', 'anything', {}, run, { idempotencyKey })),
);
for (const { status, reason } of ends) console.log(status === 'fulfilled' ? 'ran' : reason.name);
