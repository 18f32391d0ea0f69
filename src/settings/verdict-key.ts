import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';

/** Where the key that signs verdicts is: given in the environment, or a file that may have to be made first. */
export type VerdictKeySource = { kind: 'pem'; pem: string } | { kind: 'file'; path: string; makeIfMissing: boolean };

/** Says what is wrong with a value of GATEHOUSE_VERDICT_KEY, or undefined. Never repeats key material. */
export function keyProblem(value: string): string | undefined {
  let pem = value;
  if (!isPem(value)) {
    try {
      pem = readFileSync(value, 'utf8');
    } catch {
      return `there is no readable file at ${JSON.stringify(value.slice(0, 200))}`;
    }
  }
  try {
    const type = createPrivateKey(pem).asymmetricKeyType;
    return type === 'ed25519' ? undefined : `it is a key of type ${String(type)}, not Ed25519`;
  } catch {
    return 'it is not a private key in PEM';
  }
}

/** Turns the variable, or its absence, into where the key is. */
export function verdictKeySource(value: string | undefined, dataDir: string, cwd: string): VerdictKeySource {
  return signingKeySource(value, join(dataDir, 'verdict-key.pem'), cwd);
}

/** The same of any key that signs; `ours` is the file that is made where the variable is absent. */
export function signingKeySource(value: string | undefined, ours: string, cwd: string): VerdictKeySource {
  if (value === undefined) return { kind: 'file', path: ours, makeIfMissing: true };
  if (isPem(value)) return { kind: 'pem', pem: value };
  return { kind: 'file', path: isAbsolute(value) ? value : resolve(cwd, value), makeIfMissing: false };
}

function isPem(value: string): boolean {
  return value.trimStart().startsWith('-----BEGIN');
}
