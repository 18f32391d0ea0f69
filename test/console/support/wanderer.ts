/** A page that somebody ended up on. */
export interface Arrival {
  url: string;
  status: number;
  text: string;
  /** Where the way led through. */
  way: string[];
}

interface Cookie {
  name: string;
  value: string;
  path: string;
}

const MOST_STEPS = 15;

/**
 * Somebody with a browser that keeps cookies and follows where answers lead, over the sites of this machine; without the browser.
 * What only a browser can show, e.g. strict cookies, is for the tests with Chromium.
 */
export class Wanderer {
  cookies: Cookie[] = [];

  /** Follows a link to where it ends, or to the first address that `until` names. */
  async go(url: string, until?: string): Promise<Arrival> {
    return this.#follow('GET', url, undefined, until, {});
  }

  /** Sends a form. */
  async send(url: string, form: Record<string, string>, headers: Record<string, string> = {}): Promise<Arrival> {
    return this.#follow('POST', url, new URLSearchParams(form).toString(), undefined, headers);
  }

  /** Signs in at the provider whose page this is. */
  async signInAt({ url, text }: Arrival, account: string, until?: string): Promise<Arrival> {
    const action = /action="([^"]+)"/.exec(text)?.[1];
    if (action === undefined) throw new Error(`No form of a provider at ${url}: ${text}`);
    const target = new URL(action, url).href;
    return this.#follow('POST', target, new URLSearchParams({ account }).toString(), until, {});
  }

  cookie(name: string): string | undefined {
    return this.cookies.find((each) => each.name === name)?.value;
  }

  async #follow(
    firstMethod: string,
    first: string,
    body: string | undefined,
    until: string | undefined,
    headers: Record<string, string>,
  ): Promise<Arrival> {
    const way: string[] = [];
    let [url, method, sent] = [first, firstMethod, body];
    for (let step = 0; step < MOST_STEPS; step += 1) {
      way.push(url);
      if (until !== undefined && url.includes(until)) return { url, status: 0, text: '', way };
      const answer = await fetch(url, {
        method,
        redirect: 'manual',
        headers: {
          cookie: this.#cookiesFor(url),
          ...headers,
          ...(sent === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        },
        ...(sent === undefined ? {} : { body: sent }),
      });
      for (const line of answer.headers.getSetCookie()) this.#keep(line);
      const refresh = /^0; url=(.+)$/.exec(answer.headers.get('refresh') ?? '')?.[1];
      const next = answer.headers.get('location') ?? refresh;
      const text = await answer.text();
      if (next === undefined) return { url, status: answer.status, text, way };
      url = new URL(next, url).href;
      [method, sent] = ['GET', undefined];
    }
    throw new Error(`Led round in circles: ${way.join(' → ')}`);
  }

  #cookiesFor(url: string): string {
    const { pathname } = new URL(url);
    const fitting = this.cookies.filter(({ path }) => pathname.startsWith(path));
    return fitting.map(({ name, value }) => `${name}=${value}`).join('; ');
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
    const of = (attribute: string) =>
      attributes.find((each) => each.toLowerCase().startsWith(`${attribute}=`))?.slice(attribute.length + 1);
    const path = of('path') ?? '/';
    this.cookies = this.cookies.filter((each) => each.name !== name || each.path !== path);
    const isGone = value === '' || Date.parse(of('expires') ?? '') < Date.now();
    if (!isGone) this.cookies.push({ name, value, path });
  }
}
