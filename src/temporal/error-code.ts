/** The code of a system or gRPC error, e.g. "EEXIST" or 5; undefined for other errors. */
export function codeOf(error: unknown): unknown {
  // By shape: an error of another realm is no instance of this one's Error.
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
