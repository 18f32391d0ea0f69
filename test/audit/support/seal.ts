// A process that seals, and says so after its first batch; then it goes on, entry by entry, until it is killed.
import { linksAfter } from '../../../src/audit/sealer.ts';
import { appendSeals, readHead, readUnsealed } from '../../../src/store/chain.ts';
import { openStore } from '../../../src/store/open.ts';

const [url = ''] = process.argv.slice(2);
const store = await openStore({ url });
for (;;) {
  const head = await readHead(store);
  const seals = linksAfter(head, await readUnsealed(store, 7));
  const last = seals.at(-1);
  if (last === undefined) break;
  await appendSeals(store, head, { size: last.place, hash: last.hash }, seals);
  process.stdout.write(`${String(last.place)}\n`);
}
