/** True for what can stand in a path: an empty id or dots would name something else there. */
export function isId(id: unknown): id is string {
  return typeof id === 'string' && id !== '' && !/^\.+$/.test(id);
}
