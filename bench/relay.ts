// A process that does the least that a gate over HTTP can do: takes a call, starts the workflow, answers when the start is
// acknowledged. No key, no check, no decision, no record. What it takes over the floor is what HTTP costs on this machine.
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { startAction } from '../src/client/start.ts';
import { openClient } from './payload-keys.ts';
import { FLOOR_PERMIT_SECONDS, workflowInput } from './requests.ts';

const [port = '', address = '', namespace = '', taskQueue = '', payloadKeys = null] = process.argv.slice(2);
const client = await openClient({ address, namespace, payloadKeys });
const server = createServer((request, response) => {
  json(request)
    .then(() => startAction(client, workflowInput(FLOOR_PERMIT_SECONDS), taskQueue))
    .then((started) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ started }));
    })
    .catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
});
server.listen(Number(port), '127.0.0.1', () => process.send?.('listening'));
process.on('disconnect', () => process.exit(0));
