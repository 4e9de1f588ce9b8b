// The last requests that were answered, for people who watch and for tests that ask.
import type { ServiceName } from "../cloud-context.js";

export interface LoggedRequest {
  readonly at: string;
  readonly service: ServiceName;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** 0 when the connection was dropped instead of answered. */
  readonly status: number;
  readonly milliseconds: number;
}

const KEPT = 10_000;

export class RequestLog {
  private readonly requests: LoggedRequest[] = [];
  private readonly listeners = new Set<(request: LoggedRequest) => void>();

  add(request: LoggedRequest): void {
    this.requests.push(request);
    if (this.requests.length > KEPT) this.requests.splice(0, this.requests.length - KEPT);
    for (const listener of this.listeners) listener(request);
  }

  all(): readonly LoggedRequest[] {
    return this.requests;
  }

  /** Calls `listener` for every request from now on; the returned function ends it. */
  watch(listener: (request: LoggedRequest) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
