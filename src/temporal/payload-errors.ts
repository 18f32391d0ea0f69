/** A payload was not encrypted by this gate for this workflow. */
export class PayloadRefusedError extends Error {
  override readonly name = 'PayloadRefusedError';
  /** Stable, for programs. */
  readonly code = 'payload_refused';

  constructor(readonly why: string) {
    super(
      `A payload from Temporal is refused. ${why}. Nobody but Gatehouse should be able to write there: see who can. ` +
        'Where actions are open that began before payloads were encrypted, set GATEHOUSE_PAYLOAD_PLAIN=accept until they end.',
    );
  }
}

/** A payload was encrypted with a key that is not in the file of keys. */
export class UnknownPayloadKeyError extends Error {
  override readonly name = 'UnknownPayloadKeyError';
  /** Stable, for programs. */
  readonly code = 'payload_key_missing';

  constructor(readonly keyId: string) {
    super(
      `A payload from Temporal is encrypted with the key ${JSON.stringify(keyId.slice(0, 64))}, which is not in ` +
        'GATEHOUSE_PAYLOAD_KEYS. Add its line, anywhere but first, and restart.',
    );
  }
}
