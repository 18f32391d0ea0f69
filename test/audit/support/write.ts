// A process that writes the entries of ten actions, each in eight transactions, one action beside the other.
import { recordEvents } from '../../../src/store/actions.ts';
import { openStore } from '../../../src/store/open.ts';

const [url = '', writer = ''] = process.argv.slice(2);
const store = await openStore({ url });
await Promise.all(
  Array.from({ length: 10 }, async (_, action) => {
    for (let n = 0; n < 8; n += 1) {
      const event = { kind: 'reminded', key: String(n), actor: 'workflow', at: n, data: { n } } as const;
      await recordEvents(store, `act_${writer}_${String(action)}`, [event]);
    }
  }),
);
await store.close();
