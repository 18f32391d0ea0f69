/** A source cannot be read as what it should be. The message names each place and its fix, a line each. */
export class SourceError extends Error {
  override readonly name = 'SourceError';

  constructor(
    readonly problems: readonly string[],
    options?: ErrorOptions,
  ) {
    super(problems.join('\n'), options);
  }
}
