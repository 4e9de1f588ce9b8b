import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TENANT_ID } from "../../../local-cloud/well-known.js";
import { type ArmUnderTest, GROUP, IDENTITIES, startArm, withGroup } from "./arm-under-test.js";

let arm: ArmUnderTest;
beforeEach(async () => {
  arm = await startArm();
  await withGroup(arm);
});
afterEach(() => arm.stop());

const ONE = `${IDENTITIES}/uami-one`;

describe("user-assigned identities", () => {
  it("are service principals of the tenant", async () => {
    const made = await arm.put(ONE, { location: "West Europe", tags: { a: "1" } });
    expect(made.status).toBe(201);
    const { principalId, clientId } = made.body.properties;
    expect(made.body).toEqual({
      id: ONE,
      name: "uami-one",
      type: "Microsoft.ManagedIdentity/userAssignedIdentities",
      location: "westeurope",
      tags: { a: "1" },
      properties: { tenantId: TENANT_ID, principalId, clientId },
    });
    expect(arm.context.directory.servicePrincipalByAppId(TENANT_ID, clientId)).toMatchObject({
      id: principalId,
      servicePrincipalType: "ManagedIdentity",
      fields: {
        displayName: "uami-one",
        accountEnabled: true,
        alternativeNames: ["isExplicit=True", ONE],
      },
    });
  });

  it("keep their ids when they are put again or patched", async () => {
    const made = await arm.put(ONE, { location: "westeurope" });
    const again = await arm.put(ONE, { location: "westeurope", tags: { b: "2" } });
    expect(again.status).toBe(200);
    expect(again.body.properties).toEqual(made.body.properties);
    const patched = await arm.patch(ONE, { tags: { c: "3" } });
    expect(patched.body).toEqual({ ...made.body, tags: { c: "3" } });
    expect((await arm.get(ONE)).body).toEqual(patched.body);
  });

  it("take their service principal with them", async () => {
    const made = await arm.put(ONE, { location: "westeurope" });
    expect((await arm.delete(ONE)).status).toBe(200);
    expect((await arm.delete(ONE)).status).toBe(204);
    const { principalId } = made.body.properties;
    expect(arm.context.directory.servicePrincipal(TENANT_ID, principalId)).toBeUndefined();
    const gone = await arm.get(ONE);
    expect(gone.status).toBe(404);
    expect(gone.body.error).toEqual({
      code: "ResourceNotFound",
      message:
        "The Resource 'Microsoft.ManagedIdentity/userAssignedIdentities/uami-one' under resource group 'rg-bots' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix",
    });
  });

  it("stay where they are", async () => {
    await arm.put(ONE, { location: "westeurope" });
    const answer = await arm.put(ONE, { location: "northeurope" });
    expect(answer.status).toBe(409);
    expect(answer.body.error.code).toBe("InvalidResourceLocation");
  });

  it.each([
    ["without location", "uami-one", {}, "LocationRequired"],
    ["in no region", "uami-one", { location: "global" }, "LocationNotAvailableForResourceType"],
    ["with a name of two characters", "ab", { location: "westeurope" }, "InvalidResourceName"],
    [
      "with a name that begins with a hyphen",
      "-ab",
      { location: "westeurope" },
      "InvalidResourceName",
    ],
  ])("are refused %s", async (_what, name, body, code) => {
    const answer = await arm.put(`${IDENTITIES}/${name}`, body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.code).toBe(code);
    expect((await arm.get(IDENTITIES)).body.value).toEqual([]);
    expect(arm.context.directory.servicePrincipals(TENANT_ID)).toEqual([]);
  });

  it("are in the lists of the group, by type", async () => {
    await arm.put(ONE, { location: "westeurope" });
    const list = async (type: string) => {
      const filter = encodeURIComponent(`resourceType eq '${type}'`);
      const { body } = await arm.get(`${GROUP}/resources?$filter=${filter}&$expand=createdTime`);
      return body.value;
    };
    expect(await list("microsoft.managedidentity/userassignedidentities")).toEqual([
      {
        id: ONE,
        name: "uami-one",
        type: "Microsoft.ManagedIdentity/userAssignedIdentities",
        location: "westeurope",
        createdTime: "2026-11-23T10:00:00.000Z",
      },
    ]);
    expect(await list("Microsoft.BotService/botServices")).toEqual([]);
  });
});

describe("federated credentials of an identity", () => {
  const CREDENTIAL = `${ONE}/federatedIdentityCredentials/github`;
  const properties = {
    issuer: "https://token.actions.githubusercontent.com",
    subject: "repo:contoso/bot:ref:refs/heads/main",
    audiences: ["api://AzureADTokenExchange"],
  };

  it("need their identity", async () => {
    const answer = await arm.put(CREDENTIAL, { properties });
    expect(answer.status).toBe(404);
    expect(answer.body.error).toEqual({
      code: "ParentResourceNotFound",
      message:
        "Can not perform requested operation on nested resource. Parent resource 'uami-one' not found.",
    });
  });

  it("are created, listed and gone with the identity", async () => {
    await arm.put(ONE, { location: "westeurope" });
    const made = await arm.put(CREDENTIAL, { properties });
    expect(made.status).toBe(201);
    expect(made.body).toEqual({
      id: CREDENTIAL,
      name: "github",
      type: "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
      properties,
    });
    const list = await arm.get(`${ONE}/federatedIdentityCredentials`);
    expect(list.body.value).toEqual([made.body]);
    await arm.delete(ONE);
    await arm.put(ONE, { location: "westeurope" });
    expect((await arm.get(CREDENTIAL)).status).toBe(404);
  });

  it.each([
    ["no audience", { audiences: [] }],
    ["two audiences", { audiences: ["a", "b"] }],
    ["an http issuer", { issuer: "http://contoso.com" }],
    ["no subject", { subject: "" }],
  ])("are refused with %s", async (_what, change) => {
    await arm.put(ONE, { location: "westeurope" });
    const answer = await arm.put(CREDENTIAL, { properties: { ...properties, ...change } });
    expect(answer.status).toBe(400);
  });

  it("have issuer and subject for themselves", async () => {
    await arm.put(ONE, { location: "westeurope" });
    await arm.put(CREDENTIAL, { properties });
    expect((await arm.put(`${CREDENTIAL}-2`, { properties })).status).toBe(400);
    expect((await arm.put(CREDENTIAL, { properties })).status).toBe(200);
  });
});
