import { request } from 'node:http';

export interface Page {
  status: number;
  headers: Headers;
  text: string;
}

/** Somebody without a browser: keeps the cookie, follows nothing, and sends whatever headers it likes. */
export class Visitor {
  session: string | undefined;

  constructor(
    private readonly url: string,
    private readonly headers: Record<string, string> = {},
  ) {}

  /** Another with the same cookie. */
  copy(): Visitor {
    return Object.assign(new Visitor(this.url, this.headers), { session: this.session });
  }

  get(path: string): Promise<Page> {
    return this.#send('GET', path, {});
  }

  post(path: string, form: Record<string, string>, headers: Record<string, string> = {}): Promise<Page> {
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    return this.#send('POST', path, { ...type, ...headers }, new URLSearchParams(form).toString());
  }

  signIn(key: string, next?: string): Promise<Page> {
    return this.post('/console/sign-in', { key, ...(next === undefined ? {} : { next }) });
  }

  /** What the forms of this session carry. */
  async formToken(): Promise<string> {
    const { text } = await this.get('/console/approvals');
    return /name="token" value="([^"]+)"/.exec(text)?.[1] ?? '';
  }

  // Not fetch, which sends neither a host nor a cookie of our own choice.
  async #send(method: string, path: string, headers: Record<string, string>, body = ''): Promise<Page> {
    const name = this.headers['host'] === undefined ? 'gatehouse_session' : '__Host-gatehouse_session';
    const cookie = this.session === undefined ? {} : { cookie: `${name}=${this.session}` };
    const page = await new Promise<Page>((resolve, reject) => {
      const sent = request(`${this.url}${path}`, { method, headers: { ...this.headers, ...cookie, ...headers } });
      sent.on('error', reject).on('response', (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => {
          const pairs = Object.entries(response.headersDistinct).flatMap(([key, values = []]) =>
            values.map((value): [string, string] => [key, value]),
          );
          resolve({ status: response.statusCode ?? 0, headers: new Headers(pairs), text });
        });
      });
      sent.end(body);
    });
    for (const set of page.headers.getSetCookie()) this.session = /=([\w-]*);/.exec(set)?.[1];
    return page;
  }
}
