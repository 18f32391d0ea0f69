import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A certificate and the key that belongs to it, as PEM. */
export interface Identity {
  key: string;
  cert: string;
}

/** Signs certificates, for whoever trusts it. */
export interface Authority {
  /** Its own certificate: what `NODE_EXTRA_CA_CERTS` is to name. */
  certFile: string;
  /** @param address the IP address that the certificate is for */
  issue(address: string): Identity;
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

export function makeAuthority(): Authority {
  const folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-authority-'));
  const at = (name: string): string => path.join(folder, name);
  const openssl = (...args: string[]): void => void execFileSync('openssl', args, { stdio: 'ignore' });
  const [caKey, caCert] = [at('ca.key'), at('ca.pem')];
  openssl('req', '-x509', ...NEW_KEY, '-keyout', caKey, '-out', caCert, '-days', '2', '-subj', '/CN=An authority');
  return {
    certFile: caCert,
    issue: (address) => {
      const [key, asked, cert, facts] = ['key', 'csr', 'pem', 'ext'].map((end) => at(`${address}.${end}`)) as [
        ...[string, string, string, string],
      ];
      writeFileSync(facts, `subjectAltName=IP:${address}\n`);
      openssl('req', ...NEW_KEY, '-keyout', key, '-out', asked, '-subj', '/CN=A mail server');
      const signing = ['-CA', caCert, '-CAkey', caKey, '-CAcreateserial', '-days', '2', '-extfile', facts];
      openssl('x509', '-req', '-in', asked, ...signing, '-out', cert);
      return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
    },
  };
}
