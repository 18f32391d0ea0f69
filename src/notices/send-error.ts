/** A message that did not arrive. */
export class SendError extends Error {
  override readonly name = 'SendError';

  constructor(
    /** What went wrong, in words of ours and codes of the other side: never a text of its own. */
    message: string,
    /** Whether the same message can never arrive as things are set. */
    readonly isFinal: boolean,
    /** When the other side wants to hear of us again, in milliseconds. */
    readonly retryAfterMs: number | null = null,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
