import type { JsonObject } from '@gatehouse/sdk/contract';
import type { Asker } from '../workflows/messages.ts';

/** Who is behind an agent, as the record keeps it beside the request; nothing where nobody is known to be. */
export function behind({ owner, environment, chain }: Partial<Asker> = {}): JsonObject {
  return {
    ...(owner === undefined ? {} : { owner }),
    ...(environment === undefined ? {} : { environment }),
    ...(chain === undefined ? {} : { chain }),
  };
}
