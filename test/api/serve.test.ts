import { Agent, request as httpRequest } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import express from 'express';
import { PortBusyError } from '../../src/api/port-busy-error.ts';
import { serve } from '../../src/api/serve.ts';
import { deferred } from './support/deferred.ts';
import { runApp } from './support/running-app.ts';

const APPROVAL = '/api/v1/approvals/apr_7Yk2mQ_1';

describe('serve', () => {
  it('says which port is taken and how to choose another', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const failed = serve(express(), { host: '127.0.0.1', port });
    await expect(failed).rejects.toBeInstanceOf(PortBusyError);
    await expect(failed).rejects.toThrow(new RegExp(`Port ${port} on 127.0.0.1 .*GATEHOUSE_PORT`));
    taken.close();
  });

  it('ends long polls at once with their current state when it closes', async () => {
    const app = await runApp();
    const waits = app.gateway.someoneWaits();
    const answer = app.call('GET', `${APPROVAL}?wait=30`);
    await waits;
    await app.server.close();
    expect(await answer).toMatchObject({ status: 200, json: { status: 'pending' } });
    expect((await answer).headers.get('connection')).toBe('close');
  });

  it('lets what is under way end', async () => {
    const [begun, finished] = [deferred<true>(), deferred<true>()];
    const app = await runApp({
      actions: async () => {
        begun.resolve(true);
        await finished.promise;
        return { actions: [], nextCursor: null };
      },
    });
    const answer = app.call('GET', '/api/v1/actions');
    await begun.promise;
    const closed = app.server.close();
    finished.resolve(true);
    expect((await answer).json).toEqual({ actions: [], nextCursor: null });
    await closed;
  });

  it('drops what does not end within its bound', async () => {
    const app = express();
    const begun = deferred<true>();
    app.get('/', () => {
      begun.resolve(true);
    });
    const server = await serve(app, { host: '127.0.0.1', port: 0, graceMs: 1 });
    const answer = expect(fetch(server.url)).rejects.toThrow();
    await begun.promise;
    await server.close();
    await answer;
  });

  it('does not wait for pooled connections that are idle', async () => {
    const app = await runApp();
    const agent = new Agent({ keepAlive: true });
    const request = httpRequest(`${app.server.url}/healthz`, { agent }).end();
    const [response] = (await once(request, 'response')) as [NodeJS.ReadableStream];
    response.resume();
    await once(response, 'end');
    await app.server.close();
    agent.destroy();
  });

  it('accepts nothing after it has closed, and closing again is harmless', async () => {
    const app = await runApp();
    await app.server.close();
    await app.server.close();
    const socket = connect(app.server.port, '127.0.0.1');
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
  });
});
