/** The port is taken by another process. */
export class PortBusyError extends Error {
  override readonly name = 'PortBusyError';

  constructor(
    readonly host: string,
    readonly port: number,
    options?: ErrorOptions,
  ) {
    super(
      `Port ${port} on ${host} is taken by another process: stop it, or choose another port with GATEHOUSE_PORT, ` +
        `e.g. GATEHOUSE_PORT=${port < 65_535 ? port + 1 : port - 1}.`,
      options,
    );
  }
}
