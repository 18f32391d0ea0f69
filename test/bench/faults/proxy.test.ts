import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { startProxy, type Proxy } from '../../../bench/faults/proxy.ts';

let echo: Server;
let proxy: Proxy;
beforeEach(async () => {
  echo = createServer((socket) => {
    // A cut reaches it as a reset.
    socket.on('error', () => undefined);
    socket.pipe(socket);
  }).listen(0, '127.0.0.1');
  await once(echo, 'listening');
  proxy = await startProxy((echo.address() as AddressInfo).port);
});
afterEach(async () => {
  await proxy.close();
  echo.close();
});

async function said(socket: Socket, text: string): Promise<string> {
  socket.write(text);
  let heard = '';
  while (heard.length < text.length) heard += String((await once(socket, 'data'))[0]);
  return heard;
}

it('what goes in comes out, in its order, also while it is slow', async () => {
  const socket = connect(proxy.port, '127.0.0.1');
  expect(await said(socket, 'fast')).toBe('fast');
  proxy.slow(5);
  const long = Array.from({ length: 50_000 }, (_, index) => String(index)).join();
  expect(await said(socket, long)).toBe(long);
  socket.destroy();
});

it('a cut ends what is open and what is opened, until it is mended', async () => {
  const open = connect(proxy.port, '127.0.0.1');
  expect(await said(open, 'here')).toBe('here');
  const ended = once(open, 'error');
  proxy.cut();
  await ended;
  const refused = connect(proxy.port, '127.0.0.1');
  await once(refused, 'error');

  proxy.mend();
  const again = connect(proxy.port, '127.0.0.1');
  expect(await said(again, 'again')).toBe('again');
  again.destroy();
});
