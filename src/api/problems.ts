import { PROBLEMS } from '@gatehouse/sdk/contract';
import type { ProblemCode } from '@gatehouse/sdk/contract';
import type { Express, Request, Response } from 'express';
import { GateProblem } from '../decide/problem.ts';
import { ADVICE, problemCodes, problemText } from './problem-advice.ts';
import { resource } from './resource.ts';

/** `GET /problems` and `GET /problems/{code}`: where the `type` of a problem leads. Text, or JSON when asked for. */
export function addProblems(app: Express): void {
  resource(app, '/problems', {
    get: (request, response) => {
      answer(request, response, problemCodes());
    },
  });
  resource(app, '/problems/:code', {
    get: (request, response) => {
      const code = problemCodes().find((each) => each === request.params['code']);
      if (!code) throw new GateProblem('not_found', 'There is no problem of that code: see /problems for all of them.');
      answer(request, response, code);
    },
  });
}

function answer(request: Request, response: Response, codes: ProblemCode | ProblemCode[]): void {
  if (request.accepts(['text', 'json']) === 'json') {
    response.json(Array.isArray(codes) ? { problems: codes.map(problemFacts) } : problemFacts(codes));
  } else {
    response.type('text/plain').send([codes].flat().map(problemText).join('\n\n'));
  }
}

function problemFacts(code: ProblemCode): Record<string, string | number | boolean> {
  return { type: `/problems/${code}`, code, ...PROBLEMS[code], advice: ADVICE[code] };
}
