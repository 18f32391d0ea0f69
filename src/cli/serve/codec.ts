import type { AppOptions } from '../../api/app.ts';
import type { Settings } from '../../settings.ts';
import { createPayloadCodec } from '../../temporal/payload-codec.ts';

/** The door where the Temporal UI has payloads decrypted; none where they are not encrypted. */
export function codecDoor(
  { payloads, temporalUiOrigin: uiOrigin }: Pick<Settings, 'payloads' | 'temporalUiOrigin'>,
  namespace: string,
): Pick<AppOptions, 'codec'> {
  if (payloads === undefined) return {};
  const codec = createPayloadCodec({ ...payloads, namespace, plain: 'accept', refused: 'throw' });
  return { codec: { codec, uiOrigin } };
}
