import { isGrpcServiceError } from '@temporalio/client';

// The numbers of gRPC, fixed by its specification; importing grpc-js for five of them is not worth a dependency.
const CODES = { notFound: 5, alreadyExists: 6, permissionDenied: 7, unimplemented: 12, unauthenticated: 16 } as const;

/** Whether an error is the answer of a server with one of the named gRPC codes. */
export function isGrpc(error: unknown, ...names: readonly (keyof typeof CODES)[]): boolean {
  if (!isGrpcServiceError(error)) return false;
  const code: number = error.code;
  return names.some((name) => code === CODES[name]);
}
