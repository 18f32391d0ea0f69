import type { Payload, PayloadCodec } from '@temporalio/common';
import type { Express, Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import type { SignIns } from '../console/session/sign-ins.ts';
import { readSessionCookie } from '../console/session/cookie.ts';
import { GateProblem } from '../decide/problem.ts';
import { keepAuthority } from './authority.ts';
import { readJsonBody } from './body.ts';
import type { ApiContext } from './context.ts';
import type { Caller } from './gateway.ts';
import { permit } from './permit.ts';
import { resource } from './resource.ts';
import { validate } from './validate.ts';

const PATH = '/api/v1/codec';
/** A page of a history, with room to spare; the largest payload that Temporal takes has 2 MB. */
const MAX_BYTES = 8 * 1024 * 1024;
const MAX_PAYLOADS = 1_000;

const base64 = z.base64();
const bodySchema = z.object({
  payloads: z
    .array(z.object({ metadata: z.record(z.string(), base64).default({}), data: base64.default('') }))
    .max(MAX_PAYLOADS),
});

type JsonPayload = z.output<typeof bodySchema>['payloads'][number];

/** What the codec endpoint needs: the keys, and where the Temporal UI is, if one may ask. */
export interface CodecDoor {
  codec: PayloadCodec;
  uiOrigin?: string | undefined;
}

/**
 * The codec endpoint of Temporal's UI and CLI: decrypts payloads for people who may read every action, who show a key or
 * are signed in. It encrypts for nobody. Every use is logged with who it was and how many payloads.
 */
export function addCodec(
  app: Express,
  { withCaller, logger }: ApiContext,
  { codec, uiOrigin }: CodecDoor,
  signIns: SignIns | undefined,
): void {
  const decode = async (caller: Caller, request: Request, response: Response): Promise<void> => {
    permit(caller, 'action.read.any');
    const { payloads } = validate(bodySchema, await readJsonBody(request, undefined, MAX_BYTES), 'body');
    const decoded = await Promise.all(payloads.map((payload) => decodeOne(codec, payload)));
    const { principal, role } = caller;
    logger.info({ principal, role, payloads: payloads.length }, 'payloads were decrypted for the Temporal UI');
    response.json({ payloads: decoded });
  };
  const byKey = withCaller(({ caller, request, response }) => decode(caller, request, response));

  app.use(PATH, forOrigin(uiOrigin));
  resource(app, `${PATH}/decode`, {
    post: async (request, response, next) => {
      const session = readSessionCookie(request);
      if (request.headers.authorization !== undefined || session === null || signIns === undefined) {
        return byKey(request, response, next);
      }
      const asked = performance.now();
      const person = await signedIn(signIns, session, true);
      keepAuthority(request, asked, () => signedIn(signIns, session, false));
      return decode(person, request, response);
    },
  });
  resource(app, `${PATH}/encode`, {
    post: () => {
      throw new GateProblem(
        'forbidden',
        'Nothing is encrypted here: whoever writes to Temporal does it with its own keys.',
      );
    },
  });
}

async function signedIn(signIns: SignIns, session: string, isUse: boolean): Promise<Caller> {
  const person = await signIns.callerOf(session, isUse);
  if (person !== null) return person;
  throw new GateProblem('unauthenticated', 'Your session is over: sign in to the console again.');
}

/** Pages of one other origin may call, and be told so beforehand; those of any other are refused before anything is read. */
function forOrigin(uiOrigin: string | undefined): RequestHandler {
  return (request, response, next) => {
    const { origin } = request.headers;
    response.vary('Origin');
    if (origin !== undefined && origin !== uiOrigin) {
      throw new GateProblem(
        'forbidden',
        'Pages of this origin may not have payloads decrypted. Set GATEHOUSE_TEMPORAL_UI_ORIGIN to the origin of your Temporal UI.',
      );
    }
    if (origin !== undefined) {
      response.setHeader('Access-Control-Allow-Origin', origin);
      response.setHeader('Access-Control-Allow-Credentials', 'true');
      // Otherwise a page of another origin is not shown the answer, whatever the headers above say.
      response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    }
    if (request.method !== 'OPTIONS') {
      next();
      return;
    }
    response.setHeader('Access-Control-Allow-Methods', 'POST');
    response.setHeader('Access-Control-Allow-Headers', 'Authorization, Content-Type, X-Namespace');
    response.status(204).end();
  };
}

/** One payload decrypted; as it came where it is not of this gate, so that the others are still shown. */
async function decodeOne(codec: PayloadCodec, given: JsonPayload): Promise<JsonPayload> {
  const bytes = (text: string) => Buffer.from(text, 'base64');
  const metadata = Object.fromEntries(Object.entries(given.metadata).map(([name, value]) => [name, bytes(value)]));
  try {
    const [decoded] = await codec.decode([{ metadata, data: bytes(given.data) }]);
    return decoded === undefined ? given : toJson(decoded);
  } catch {
    return given;
  }
}

function toJson({ metadata, data }: Payload): JsonPayload {
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  const named = Object.entries(metadata ?? {}).map(([name, value]) => [name, text(value)] as const);
  return { metadata: Object.fromEntries(named), data: text(data ?? new Uint8Array()) };
}
