// Microsoft Graph and Azure Resource Manager as whoever this machine is signed in as. Nobody signs in before something is read.
import type { Client } from "@microsoft/microsoft-graph-client";
import { type ArmClient, armClient } from "../../arm/arm-client.js";
import { readWithin } from "../../graph/bounded-reading.js";
import { graphClient } from "../../graph/graph-client.js";
import { heldToken } from "../../graph/held-token.js";
import { type TokenClaims, tokenClaims } from "../../graph/token-claims.js";
import { ReadProblem } from "../../rules/consent-unknown.js";
import { ReadError } from "../../rules/read-error.js";
import { operatorToken, type SignInPlace } from "./sign-in.js";

export interface Services {
  /** A client for the directory. Rejects with ReadError, with OtherTenant where it is not the one that was named. */
  readonly graph: (signal: AbortSignal) => Promise<Client>;
  /** What the Graph token says of whoever asks, whichever tenant it is of. */
  readonly claims: () => Promise<TokenClaims>;
  readonly arm: ArmClient;
}

const PATIENCE_MS = 30_000;

/**
 * One sign-in for each service, kept while the command runs: tokens last longer than any check.
 * @param batched for many readings at once: whether those of Graph share requests. @default false
 */
export function operatorServices(place: SignInPlace, batched = false): Services {
  const { graph, arm } = place.endpoints;
  const graphToken = keptToken(place, graph);
  const armToken = keptToken(place, arm);
  let client: { readonly of: string; readonly is: Client } | undefined;
  return {
    graph: async () => {
      const token = await graphToken();
      const wanted = place.tenantId?.toLowerCase();
      if (wanted !== undefined && tokenClaims(token).tid?.toLowerCase() !== wanted) {
        throw new ReadError(ReadProblem.OtherTenant);
      }
      if (client?.of !== token) {
        const credential = heldToken(token);
        client = { of: token, is: graphClient({ credential, graphOrigin: graph, batched }) };
      }
      return client.is;
    },
    claims: async () => tokenClaims(await graphToken()),
    arm: armClient(arm, armToken),
  };
}

/** The lifetime of a token is an hour at least; `--watch` signs in again after half of it. */
const KEPT_MS = 30 * 60_000;

function keptToken(place: SignInPlace, resource: string): () => Promise<string> {
  let kept: { readonly token: Promise<string>; readonly since: number } | undefined;
  return () => {
    if (kept === undefined || Date.now() - kept.since > KEPT_MS) {
      const token = readWithin(PATIENCE_MS, (signal) => operatorToken(place, signal, resource));
      kept = { token, since: Date.now() };
      token.catch(() => {
        kept = undefined;
      });
    }
    return kept.token;
  };
}
