import type { Json, VerdictRequest } from '@gatehouse/sdk/contract';
import { verdictRequestSchema } from '@gatehouse/sdk/contract';
import { parseStrictJson } from '../../api/strict-json.ts';
import { validateBody } from '../../api/validate.ts';
import { GateProblem } from '../../decide/problem.ts';
import { written } from './form.ts';

const MINUTE_SECONDS = 60;

/** The verdict that a form of the card gives. Throws `GateProblem`: `invalid_request` or `invalid_json`. */
export function readVerdict(form: URLSearchParams): VerdictRequest {
  const word = form.get('verdict') ?? '';
  const comment = written(form, 'comment');
  return validateBody(verdictRequestSchema, {
    verdict: word === 'grant' ? 'approve' : word,
    actionDigest: form.get('actionDigest') ?? '',
    policyDigest: form.get('policyDigest') ?? '',
    ...(comment === undefined ? {} : { comment }),
    ...detailOf(word, form),
  });
}

function detailOf(word: string, form: URLSearchParams): Record<string, Json> {
  switch (word) {
    case 'edit':
      return { arguments: readArguments(form) };
    case 'ask':
      return { question: written(form, 'question') ?? '' };
    case 'delegate':
      return { to: written(form, 'to') ?? '' };
    case 'grant':
      return { grant: readGrant(form) };
    default:
      return {};
  }
}

function readArguments(form: URLSearchParams): Json {
  try {
    return parseStrictJson(form.get('arguments') ?? '');
  } catch (error) {
    if (!(error instanceof GateProblem)) throw error;
    throw new GateProblem('invalid_json', `The arguments: ${error.detail}`, {}, error.errors, { cause: error });
  }
}

/** All arguments ticked stands for the very same arguments and nothing beside. */
function readGrant(form: URLSearchParams): Json {
  const same = form.getAll('same');
  const isExact = same.length === Number(form.get('argumentCount'));
  return {
    name: written(form, 'grantName') ?? '',
    uses: Number(form.get('uses')),
    withinSeconds: Number(form.get('minutes')) * MINUTE_SECONDS,
    ...(isExact ? {} : { sameArguments: same }),
  };
}
