import type { Operation } from '@gatehouse/sdk/contract';

/** What a method does by its definition (RFC 9110, RFC 5789, and WebDAV's RFC 4918); what is not here is not known. */
export const METHODS: ReadonlyMap<string, { operation: Operation; destructive?: true }> = new Map([
  ['GET', { operation: 'read' }],
  ['HEAD', { operation: 'read' }],
  ['OPTIONS', { operation: 'read' }],
  ['TRACE', { operation: 'read' }],
  ['PROPFIND', { operation: 'read' }],
  ['REPORT', { operation: 'read' }],
  ['SEARCH', { operation: 'read' }],
  ['POST', { operation: 'write' }],
  ['PUT', { operation: 'write' }],
  ['PATCH', { operation: 'write' }],
  ['PROPPATCH', { operation: 'write' }],
  ['MKCOL', { operation: 'write' }],
  ['COPY', { operation: 'write' }],
  ['MOVE', { operation: 'write' }],
  ['LOCK', { operation: 'write' }],
  ['UNLOCK', { operation: 'write' }],
  ['DELETE', { operation: 'delete', destructive: true }],
  ['PURGE', { operation: 'delete', destructive: true }],
]);

/** Headers and parameters by which frameworks let a POST stand for another method. */
export const OVERRIDE_HEADERS: ReadonlySet<string> = new Set([
  'x-http-method-override',
  'x-http-method',
  'x-method-override',
]);
export const OVERRIDE_PARAMETERS: ReadonlySet<string> = new Set(['_method', '_httpmethod', 'x-http-method-override']);

/** Paths that are asked by POST and whose body says what happens: the word of the method alone does not settle it. */
export const ASKED_BY_POST = /\/(graphql|gql|_search|_msearch|_count)\/?$/i;

/** Words of a path or of an `action` parameter that destroy although the method only reads. */
export const DESTROYING_WORDS: ReadonlySet<string> = new Set(
  'delete destroy remove drop purge wipe erase truncate terminate unsubscribe shutdown'.split(' '),
);
export const ACTION_PARAMETERS: ReadonlySet<string> = new Set('action do op operation cmd command method'.split(' '));
