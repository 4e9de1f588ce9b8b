// What the scripts have in common that use Microsoft's own clients: they know the local cloud by their environment only.
import { ClientSecretCredential } from "@azure/identity";

export function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}

export const tenantId = variable("AZURE_TENANT_ID");
export const subscriptionId = variable("AZURE_SUBSCRIPTION_ID");
export const armUrl = variable("LOCAL_ARM_URL");
export const credential = new ClientSecretCredential(
  tenantId,
  variable("AZURE_CLIENT_ID"),
  variable("AZURE_CLIENT_SECRET"),
  { authorityHost: variable("AZURE_AUTHORITY_HOST"), disableInstanceDiscovery: true },
);

/** What has other clients; `fetch` with the same token stands for them. @param path below the subscription */
export async function askArm(
  method: string,
  path: string,
  apiVersion: string,
  body?: unknown,
): Promise<Response> {
  const { token } = await credential.getToken("https://management.azure.com/.default");
  const url = `${armUrl}/subscriptions/${subscriptionId}${path}?api-version=${apiVersion}`;
  return fetch(url, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

export async function collect<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of pages) all.push(item);
  return all;
}

export const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => "no refusal",
    ({ statusCode, code, message }) => ({ statusCode, code, message }),
  );
