// Who may use a storage account's endpoints: whoever has its key, or a token of somebody with a role. Settings of the service
// belong to the roles of Resource Manager; blobs need a data role ("Authorize access to blobs using Microsoft Entra ID"),
// which nobody can be given here: an owner's token alone opens no blob at the real service either.
import { ArmError } from "../arm/mechanics/arm-error.js";
import { authorize } from "../arm/mechanics/authorization.js";
import type { CloudContext } from "../cloud-context.js";
import type { AccessTokenClaims } from "../entra/access-tokens.js";
import { TENANT_ID } from "../well-known.js";
import type { Account } from "./account-store.js";
import { isSignedByKey } from "./shared-key.js";
import { StorageError } from "./storage-error.js";

const AUDIENCES = ["https://storage.azure.com", "https://storage.azure.com/"];
/** A signed request is good for this long. */
const SIGNATURE_MINUTES = 15;

export async function mayUseServiceProperties(
  context: CloudContext,
  account: Account,
  request: Request,
  url: URL,
): Promise<void> {
  const caller = await callerOf(context, account, request, url);
  if (caller === "key") return;
  const right = request.method === "GET" ? "read" : "write";
  try {
    authorize(
      context,
      caller,
      `Microsoft.Storage/storageAccounts/blobServices/${right}`,
      account.id,
    );
  } catch (error) {
    throw error instanceof ArmError ? mismatch() : error;
  }
}

export async function mayUseBlobs(
  context: CloudContext,
  account: Account,
  request: Request,
  url: URL,
): Promise<void> {
  if ((await callerOf(context, account, request, url)) !== "key") throw mismatch();
}

async function callerOf(
  context: CloudContext,
  account: Account,
  request: Request,
  url: URL,
): Promise<"key" | AccessTokenClaims> {
  const authorization = request.headers.get("authorization");
  if (authorization === null) {
    const message = "Public access is not permitted on this storage account.";
    throw new StorageError(409, "PublicAccessNotPermitted", message);
  }
  if (/^SharedKey /i.test(authorization)) {
    checkDate(request, context.now());
    if (account.keys.length === 0) throw keysNotPermitted();
    const { method, headers } = request;
    if (isSignedByKey(account.name, account.keys, { method, url, headers })) return "key";
    throw notAuthenticated();
  }
  const verified = await context.tokens.verify(authorization, AUDIENCES);
  if (!("claims" in verified) || verified.claims.tid !== TENANT_ID) throw notAuthenticated();
  return verified.claims;
}

function checkDate({ headers }: Request, now: Date): void {
  const date = Date.parse(headers.get("x-ms-date") ?? headers.get("date") ?? "");
  if (!(Math.abs(now.getTime() - date) <= SIGNATURE_MINUTES * 60_000)) throw notAuthenticated();
}

function notAuthenticated(): StorageError {
  return new StorageError(
    403,
    "AuthenticationFailed",
    "Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.",
  );
}

function keysNotPermitted(): StorageError {
  const message = "Key based authentication is not permitted on this storage account.";
  return new StorageError(403, "KeyBasedAuthenticationNotPermitted", message);
}

function mismatch(): StorageError {
  return new StorageError(
    403,
    "AuthorizationPermissionMismatch",
    "This request is not authorized to perform this operation using this permission.",
  );
}
