// What a program says as the service is sent it, and what the service answers as a program sees it.
import { describe, expect, it } from "vitest";
import {
  inputsOf,
  outputsOf,
  requestBody,
} from "../../../../local-cloud/plugins/azure-native/body.js";
import {
  parametersOf,
  resourceId,
} from "../../../../local-cloud/plugins/azure-native/resource-id.js";
import { rowOf } from "../../../../local-cloud/plugins/azure-native/resource-table.js";

describe("properties with other names in the service", () => {
  it("are renamed both ways, nested ones too", () => {
    const row = rowOf("azure-native:keyvault:Secret");
    const written = { properties: { value: "one", attributes: { expires: 5, notBefore: 3 } } };
    const sent = { properties: { value: "one", attributes: { exp: 5, nbf: 3 } } };
    expect(requestBody(row, written)).toEqual(sent);
    const record = rowOf("azure-native:dns:RecordSet");
    const soa = { soaRecord: { host: "ns.example", minimumTtl: 300 }, ttl: 60 };
    const body = {
      properties: { SOARecord: { host: "ns.example", minimumTTL: 300 }, TTL: 60 },
    };
    expect(requestBody(record, soa)).toEqual(body);
    const seen = outputsOf(record, body);
    expect(seen).toMatchObject(soa);
    expect(inputsOf(record, seen)).toEqual(soa);
  });

  it("are lifted out of the body, and put back", () => {
    const row = rowOf("azure-native:applicationinsights:Component");
    const inputs = { kind: "web", applicationType: "web", workspaceResourceId: "/w" };
    expect(requestBody(row, inputs)).toEqual({
      kind: "web",
      properties: { Application_Type: "web", WorkspaceResourceId: "/w" },
    });
    expect(
      outputsOf(row, { kind: "web", properties: { ConnectionString: "c", AppId: null } }),
    ).toEqual({ kind: "web", connectionString: "c", azureApiVersion: "2020-02-02" });
  });

  it("may be a list here and names there", () => {
    const row = rowOf("azure-native:operationalinsights:Workspace");
    const identity = { type: "UserAssigned", userAssignedIdentities: ["/a", "/b"] };
    const body = requestBody(row, { identity });
    expect(body).toEqual({
      identity: { type: "UserAssigned", userAssignedIdentities: { "/a": {}, "/b": {} } },
    });
    expect(inputsOf(row, outputsOf(row, body))).toEqual({ identity });
  });
});

describe("a path that begins with another resource's id", () => {
  const row = rowOf("azure-native:authorization:RoleAssignment");
  const vault = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv";
  const id = `${vault}/providers/Microsoft.Authorization/roleAssignments/r1`;

  it("takes the id with its slashes, with or without the first", () => {
    for (const scope of [vault, vault.slice(1)]) {
      expect(resourceId(row.path, { scope, roleAssignmentName: "r1" }, "s")).toBe(id);
    }
  });

  it("is taken apart again", () => {
    expect(parametersOf(row, id)).toEqual({ scope: vault.slice(1), roleAssignmentName: "r1" });
  });
});
