/** What an index of PostgreSQL surely holds beside two short columns, in bytes. */
const MAX_ID_BYTES = 2000;

/** Names a capability: the server that offers it, a slash, its own name. A slash of the server's is written `%2F`. */
export function capabilityId(server: string, name: string): string {
  return `${server.replaceAll('%', '%25').replaceAll('/', '%2F')}/${name}`;
}

/** The server and the name that an id is made of; undefined for what is none. */
export function partsOfCapabilityId(id: string): { server: string; name: string } | undefined {
  const slash = id.indexOf('/');
  if (slash < 1 || slash === id.length - 1) return undefined;
  const server = id.slice(0, slash).replaceAll('%2F', '/').replaceAll('%25', '%');
  return { server, name: id.slice(slash + 1) };
}

/** The id of what an action uses: the tool that it names, else its type and target. Null where that is too long. */
export function capabilityOfAction(action: {
  type: string;
  target: string;
  tool?: { name: string; server?: string | undefined } | undefined;
}): string | null {
  const id = capabilityId(serverOfAction(action), action.tool?.name ?? action.type);
  return Buffer.byteLength(id) > MAX_ID_BYTES ? null : id;
}

/** The server that an action uses: the one its tool names, else its target. */
export function serverOfAction(action: { target: string; tool?: { server?: string | undefined } | undefined }): string {
  return action.tool?.server ?? action.target;
}
