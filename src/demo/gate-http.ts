import { actionViewSchema, approvalViewSchema, isFinal } from '@gatehouse/sdk/contract';
import type { ActionView, ApprovalView, VerdictRequest } from '@gatehouse/sdk/contract';

const SETTLE_MS = 60_000;

/** The gate's HTTP API as the check of the demo uses it, with one key. */
export class GateHttp {
  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  /** Gives a verdict, and returns the answer whatever its status is. */
  async verdict(approvalId: string, verdict: VerdictRequest): Promise<{ status: number; code: string }> {
    const response = await this.send('POST', `approvals/${encodeURIComponent(approvalId)}/verdict`, verdict);
    const body = (await response.json()) as { code?: unknown };
    return { status: response.status, code: typeof body.code === 'string' ? body.code : '' };
  }

  /** The approval as it stands. */
  async approval(approvalId: string): Promise<ApprovalView> {
    return approvalViewSchema.parse(await this.read(`approvals/${encodeURIComponent(approvalId)}`));
  }

  /** The action, once it is final. Throws after a minute. */
  async settled(actionId: string): Promise<ActionView> {
    const deadline = Date.now() + SETTLE_MS;
    for (;;) {
      const view = actionViewSchema.parse(await this.read(`actions/${encodeURIComponent(actionId)}?wait=10`));
      if (isFinal(view.status)) return view;
      if (Date.now() > deadline) throw new Error(`action ${actionId} is still ${view.status} after a minute`);
    }
  }

  private async read(path: string): Promise<unknown> {
    const response = await this.send('GET', path);
    if (!response.ok)
      throw new Error(`GET ${path} answered ${response.status}: ${(await response.text()).slice(0, 500)}`);
    return response.json();
  }

  private send(method: string, path: string, body?: object): Promise<Response> {
    return fetch(`${this.url.replace(/\/$/, '')}/api/v1/${path}`, {
      method,
      headers: { authorization: `Bearer ${this.key}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
  }
}
