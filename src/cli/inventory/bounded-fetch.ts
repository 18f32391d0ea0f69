import { SourceError } from '../../inventory/source-error.ts';

/** What a source may send in all, in bytes. */
export const MAX_SOURCE_BYTES = 32 * 1024 * 1024;

/** A `fetch` whose answers break off after that many bytes, counted over all of them. */
export function boundedFetch(limit: number = MAX_SOURCE_BYTES): typeof fetch {
  let left = limit;
  return async (input, init) => {
    const response = await fetch(input, init);
    if (response.body === null) return response;
    const counted = response.body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform: (chunk, controller) => {
          left -= chunk.byteLength;
          if (left >= 0) controller.enqueue(chunk);
          else
            controller.error(new SourceError([`The source sent more than ${limit} bytes: this is too much to read.`]));
        },
      }),
    );
    const { status, statusText, headers, url } = response;
    const bounded = new Response(counted, { status, statusText, headers });
    Object.defineProperty(bounded, 'url', { value: url });
    return bounded;
  };
}
