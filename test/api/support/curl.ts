/** A `curl` command of the documentation as a request: the flags that the page uses, and no others. */
export interface CurlRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | undefined;
  /** Members to keep of the answer, from `| jq '{a, b}'`. */
  pick: string[] | undefined;
}

/** Reads a command; `variables` fill in what the shell would. Throws for what it does not know. */
export function parseCurl(command: string, variables: Record<string, string>): CurlRequest {
  const words = shellWords(command, variables);
  const request: CurlRequest = { method: 'GET', path: '', headers: {}, body: undefined, pick: undefined };
  let method: string | undefined;
  const next = (): string => words.shift() ?? '';
  if (next() !== 'curl') throw new Error(`no curl command: ${command}`);
  while (words.length > 0) {
    const word = next();
    if (word === '-X') method = next();
    else if (word === '-H') {
      const [name = '', ...value] = next().split(':');
      request.headers[name.toLowerCase()] = value.join(':').trim();
    } else if (word === '-d') request.body = next();
    else if (word === '|' && next() === 'jq')
      request.pick = next()
        .replace(/[{}\s]/g, '')
        .split(',');
    else if (word.startsWith('/')) request.path = word;
    else if (word !== '-sS') throw new Error(`unknown word in a curl command: ${word}`);
  }
  return { ...request, method: method ?? (request.body === undefined ? 'GET' : 'POST') };
}

function shellWords(command: string, variables: Record<string, string>): string[] {
  const fill = (text: string): string => text.replace(/\$(\w+)/g, (_match, name: string) => variables[name] ?? '');
  const tokens = command.replaceAll('\\\n', ' ').match(/'[^']*'|"[^"]*"|[^\s'"]+/g) ?? [];
  return tokens.map((token) => {
    if (token.startsWith("'")) return token.slice(1, -1);
    return fill(token.startsWith('"') ? token.slice(1, -1) : token);
  });
}
