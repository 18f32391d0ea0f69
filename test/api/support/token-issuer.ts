import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose';

interface Key {
  kid: string;
  alg: string;
  privateKey: CryptoKey;
  publicJwk: JWK;
}

/** What of a token to make otherwise than it should be. */
export interface TokenOptions {
  typ?: string;
  alg?: string;
  /** Seconds from now; null leaves it out. */
  expiresIn?: number | null;
  issuer?: string;
  audience?: string;
}

/** An issuer of tokens with its keys at an address of their own; it can rotate them, and go down. */
export class TokenIssuer {
  url = '';
  /** How often somebody came for the keys. */
  asked = 0;
  /** Whether it answers; otherwise it says that it cannot. */
  isUp = true;
  #keys: Key[] = [];
  readonly #server: Server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    if (!this.isUp) response.writeHead(503).end('{}');
    else if (request.url === '/.well-known/openid-configuration') {
      response.end(JSON.stringify({ issuer: this.url, jwks_uri: `${this.url}/keys` }));
    } else {
      this.asked += 1;
      response.end(JSON.stringify({ keys: this.#keys.map(({ publicJwk }) => publicJwk) }));
    }
  });

  async start(): Promise<void> {
    await this.rotate();
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Makes a new key and forgets those before. */
  async rotate(alg = 'ES256'): Promise<void> {
    const kid = `key-${Math.random().toString(36).slice(2)}`;
    const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
    this.#keys = [{ kid, alg, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } }];
  }

  /** The public half of the key in use. */
  publicJwk(): JWK {
    return this.#key().publicJwk;
  }

  /** The header that names the key in use. */
  header(options: TokenOptions = {}): { alg: string; kid: string; typ?: string } {
    const { kid, alg } = this.#key();
    return { alg: options.alg ?? alg, kid, ...(options.typ === undefined ? { typ: 'at+jwt' } : { typ: options.typ }) };
  }

  /** A token for an agent. */
  token(claims: JWTPayload, options: TokenOptions = {}): Promise<string> {
    const { expiresIn = 300, issuer = this.url, audience = 'gatehouse' } = options;
    const now = Math.floor(Date.now() / 1000);
    const exp = expiresIn === null ? {} : { exp: now + expiresIn };
    return new SignJWT({ iss: issuer, aud: audience, iat: now, ...exp, ...claims })
      .setProtectedHeader(this.header(options))
      .sign(this.#key().privateKey);
  }

  #key(): Key {
    const [key] = this.#keys;
    if (key === undefined) throw new Error('The issuer was not started');
    return key;
  }
}
