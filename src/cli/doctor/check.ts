/** What the doctor found of one thing. `fix` says what to do where it is not ok. */
export interface Check {
  name: string;
  state: 'ok' | 'warn' | 'fail';
  says: string;
  fix: string | null;
}

export function ok(name: string, says: string): Check {
  return { name, state: 'ok', says, fix: null };
}

/** Works, or will once something is started; a person should know. */
export function caution(name: string, says: string, fix: string): Check {
  return { name, state: 'warn', says, fix };
}

/** Does not work. */
export function fail(name: string, says: string, fix: string): Check {
  return { name, state: 'fail', says, fix };
}

/** The text of whatever was thrown, with its causes. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.message === '' && 'code' in error ? String(error.code) : error.message;
  return error.cause === undefined ? own : `${own}: ${reasonOf(error.cause)}`;
}
