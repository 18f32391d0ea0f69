import { ApplicationFailure } from '@temporalio/activity';
import { PROBLEMS } from '@gatehouse/sdk/contract';
import { GateProblem } from '../decide/problem.ts';

type Steps = Record<string, (input: never) => Promise<unknown>>;

/**
 * Lets refusals of the steps travel through Temporal with their code, as failures that are not retried. Everything else
 * (the store is away) stays an ordinary error, which is retried until it works.
 */
export function withFailures<Given extends object>(steps: Given): Given {
  const wrapped = Object.entries(steps as Steps).map(([name, step]) => [
    name,
    async (input: never) => {
      try {
        return await step(input);
      } catch (error) {
        if (!(error instanceof GateProblem)) throw error;
        throw ApplicationFailure.create({
          type: error.code,
          message: error.detail,
          nonRetryable: !PROBLEMS[error.code].retry,
          cause: error,
        });
      }
    },
  ]);
  return Object.fromEntries(wrapped) as Given;
}
