// What every service of the local cloud is given, and what it gives back.
import type { Hono } from "hono";
import type { Directory } from "./directory/directory.js";
import type { AccessTokens } from "./entra/access-tokens.js";
import type { Replication } from "./http/replication.js";
import type { Store } from "./state/store.js";

/** Entra sign-in, Azure Resource Manager, Microsoft Graph, Azure Storage, Azure Key Vault. */
export const SERVICE_NAMES = ["login", "arm", "graph", "storage", "vault"] as const;
export type ServiceName = (typeof SERVICE_NAMES)[number];

/** Something for each service. */
export function perService<T>(make: (name: ServiceName) => T): Record<ServiceName, T> {
  return {
    login: make("login"),
    arm: make("arm"),
    graph: make("graph"),
    storage: make("storage"),
    vault: make("vault"),
  };
}

/** `https://localhost:PORT`, no path, no trailing slash. */
export type Origins = Readonly<Record<ServiceName, string>>;

export interface CloudContext {
  readonly store: Store;
  readonly directory: Directory;
  readonly tokens: AccessTokens;
  readonly replication: Replication;
  readonly origins: () => Origins;
  readonly now: () => Date;
}

export interface Service {
  readonly name: ServiceName;
  readonly app: Hono;
  /** A refusal in the service's own error envelope, for what happens before a route is reached. */
  readonly refusal: (status: number, code: string, message: string) => Response;
}
