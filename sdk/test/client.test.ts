import type { GatehouseOptions } from '../src/index.ts';
import { Gatehouse, InvalidUsageError } from '../src/index.ts';
import { allowed, settled } from './support/answers.ts';
import { ScriptedGate } from './support/gate.ts';

describe('new Gatehouse', () => {
  const valid: GatehouseOptions = { url: 'http://127.0.0.1:4280', apiKey: 'key' };
  const problemsOf = (options: unknown): readonly string[] => {
    try {
      new Gatehouse(options as GatehouseOptions);
    } catch (error) {
      if (error instanceof InvalidUsageError) return error.problems;
      throw error;
    }
    return [];
  };

  it('takes a url and a key', () => {
    expect(problemsOf(valid)).toEqual([]);
  });

  it.each([
    [{ ...valid, url: 'localhost:4280' }, 'url: must be an http or https address'],
    [{ ...valid, url: 'http://user:pass@gate' }, 'url: must be an http or https address without credentials'],
    [{ ...valid, url: 'http://gate/?x=1' }, 'url: must be an http or https address'],
    [{ ...valid, url: undefined }, 'url: must be the address of the gate'],
    [{ ...valid, apiKey: '' }, 'apiKey: must be a key'],
    [{ ...valid, apiKey: 'two words' }, 'apiKey: must be a key'],
    [{ ...valid, timeoutMs: 0 }, 'timeoutMs'],
    [{ ...valid, retry: { attempts: 0 } }, 'retry.attempts'],
    [{ ...valid, fetch: 'no' }, 'fetch: must be a function'],
    [{ ...valid, failOpen: true }, 'failOpen'],
  ])('names what is wrong with %j', (options, says) => {
    expect(problemsOf(options).join('\n')).toContain(says);
  });

  it('names every problem at once, and never repeats the key', () => {
    const problems = problemsOf({ url: 1, apiKey: 'my secret', timeoutMs: 'x' });
    expect(problems).toHaveLength(3);
    expect(problems.join()).not.toContain('secret');
  });

  it('uses the fetch that it is given, and keeps the path of the url', async () => {
    const gate = await new ScriptedGate().start();
    gate.on('POST /guard', (seen) => ({ json: allowed(seen) }));
    gate.on('POST /actions/:id/outcome', { json: settled('succeeded') });
    const asked: string[] = [];
    const client = new Gatehouse({
      url: `${gate.url}/prefix/`,
      apiKey: 'key',
      fetch: (input, init) => {
        const { url } = new Request(input);
        asked.push(url);
        return fetch(url.replace('/prefix', ''), init);
      },
    });
    await client.guard('read', 'db', {}, () => 1);
    expect(asked).toEqual([`${gate.url}/prefix/api/v1/guard`, `${gate.url}/prefix/api/v1/actions/act-1/outcome`]);
    await gate.stop();
  });

  it('keeps its key out of what a log shows of it', () => {
    const client = new Gatehouse({ ...valid, apiKey: 'secret-key' });
    expect(JSON.stringify(client) + Object.keys(client).join()).not.toContain('secret-key');
  });
});
