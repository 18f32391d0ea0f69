import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A TCP connection between two parts that can be made slow, or cut. */
export interface Proxy {
  port: number;
  /** Where it leads from now on; what is open stays where it is. */
  lead(port: number): void;
  /** Every piece waits so long, in both directions; 0 is as fast as it gets. */
  slow(ms: number): void;
  /** Ends what is open, and what is opened until `mend`. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/** Listens on a free port of 127.0.0.1 and passes everything on to another one there. */
export async function startProxy(target: number): Promise<Proxy> {
  const open = new Set<Socket>();
  let to = target;
  let delayMs = 0;
  let isCut = false;

  const pass = (from: Socket, into: Socket): void => {
    let queue = Promise.resolve();
    from.on('data', (chunk: Buffer) => {
      if (delayMs === 0 && into.writableLength === 0) {
        into.write(chunk);
        return;
      }
      from.pause();
      queue = queue.then(() => later(delayMs, () => into.write(chunk))).then(() => void from.resume());
    });
    from.on('end', () => void queue.then(() => into.end()));
    from.on('error', () => into.destroy());
    from.on('close', () => {
      open.delete(from);
      void queue.then(() => into.destroySoon());
    });
  };

  const server = createServer((inner) => {
    if (isCut) {
      inner.resetAndDestroy();
      return;
    }
    const outer = connect(to, '127.0.0.1');
    for (const socket of [inner, outer]) {
      open.add(socket);
      socket.setNoDelay(true);
    }
    pass(inner, outer);
    pass(outer, inner);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const end = (): void => {
    for (const socket of open) socket.resetAndDestroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    lead: (port) => {
      to = port;
    },
    slow: (ms) => {
      delayMs = ms;
    },
    cut: () => {
      isCut = true;
      end();
    },
    mend: () => {
      isCut = false;
      delayMs = 0;
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      end();
      await closed;
    },
  };
}

function later(ms: number, work: () => void): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(() => {
      work();
      resolve();
    }, ms);
  });
}
