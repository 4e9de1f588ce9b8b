// What a person does with Azure besides deploying: calls of Resource Manager and of vaults, signed in as the deployer.
import { cloudAccess } from "../../scripts/read-back.js";
import type { TestCloud } from "./test-cloud.js";

export interface Deployer {
  /** One call of Resource Manager, by a resource id and maybe a query; throws unless it succeeds. */
  arm(method: string, id: string, apiVersion: string, body?: object): Promise<unknown>;
  /** One call of a vault, by its whole address; throws unless it succeeds. */
  vault(method: string, url: string, body?: object): Promise<unknown>;
}

export function asDeployer(cloud: Pick<TestCloud, "environment">): Deployer {
  const { arm, credential } = cloudAccess(cloud.environment());
  const call = async (
    method: string,
    address: string,
    { audience, apiVersion }: { readonly audience: string; readonly apiVersion: string },
    body?: object,
  ) => {
    const url = new URL(address);
    url.searchParams.set("api-version", apiVersion);
    const { token } = await credential.getToken(`${audience}/.default`);
    const answer = await fetch(url, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  };
  return {
    arm: (method, id, apiVersion, body) =>
      call(method, `${arm}${id}`, { audience: arm, apiVersion }, body),
    vault: (method, url, body) =>
      call(method, url, { audience: "https://vault.azure.net", apiVersion: "7.4" }, body),
  };
}
