import type { Express, RequestHandler } from 'express';
import { GateProblem } from '../decide/problem.ts';
import { noteRoute } from './request-log.ts';

export interface Methods {
  get?: RequestHandler;
  post?: RequestHandler;
  delete?: RequestHandler;
}

/** Adds a path with its methods; any other method is refused with `method_not_allowed` and the header `Allow`. */
export function resource(app: Express, path: string, methods: Methods): void {
  const allow = [
    ...(methods.get ? ['GET', 'HEAD'] : []),
    ...(methods.post ? ['POST'] : []),
    ...(methods.delete ? ['DELETE'] : []),
  ].join(', ');
  const route = app.route(path).all((_request, response, next) => {
    noteRoute(response, path);
    next();
  });
  if (methods.get) route.get(methods.get);
  if (methods.post) route.post(methods.post);
  if (methods.delete) route.delete(methods.delete);
  route.all((request, response) => {
    response.setHeader('Allow', allow);
    throw new GateProblem('method_not_allowed', `${request.method} does not exist here: use ${allow}.`, { allow });
  });
}
