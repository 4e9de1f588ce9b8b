// What a program says about a static website and its files, as the plugin compares it.
import { describe, expect, it } from "vitest";
import { requestBody } from "../../../../local-cloud/plugins/azure-native/body.js";
import { checkInputs } from "../../../../local-cloud/plugins/azure-native/check.js";
import { diffInputs } from "../../../../local-cloud/plugins/azure-native/diff.js";
import { rowOf } from "../../../../local-cloud/plugins/azure-native/resource-table.js";
import { Asset } from "../../../../local-cloud/plugins/wire/asset.js";
import {
  fromStruct,
  isProperties,
  toStruct,
} from "../../../../local-cloud/plugins/wire/property-values.js";

const BLOB = {
  resourceGroupName: "rg",
  accountName: "contoso",
  containerName: "$web",
  blobName: "index.html",
  type: "Block",
  contentType: "text/html",
  source: new Asset({ hash: "aa", text: "one" }),
};

describe("a text or a file as a property", () => {
  it("survives the way to the plugin and back, with all that came with it", () => {
    const signature = "c44067f5952c0a294b673a41bacd8c17";
    const fields = { "4dabf18193072939515e22adb298388d": signature, hash: "aa", text: "one" };
    const source = Asset.of(fields);
    const back = fromStruct(toStruct({ source }))["source"];
    expect(back).toEqual(source);
    expect(back).toBeInstanceOf(Asset);
    expect(isProperties(back)).toBe(false);
    expect(toStruct({ source }).toJavaScript()).toEqual({ source: fields });
  });
});

describe("a blob", () => {
  const row = rowOf("azure-native:storage:Blob");
  const change = (news: object) => diffInputs(row, BLOB, {}, { ...BLOB, ...news });

  it("is the same while its content has the same hash, wherever that comes from", () => {
    expect(change({ source: new Asset({ hash: "aa", path: "/elsewhere" }) }).detailed.size).toBe(0);
  });

  it("is replaced with another content, the old one deleted first; a content type changes in place", () => {
    const { detailed, deleteBeforeReplace } = change({ source: new Asset({ hash: "bb" }) });
    expect([...detailed]).toEqual([["source", { kind: "update", replaces: true }]]);
    expect(deleteBeforeReplace).toBe(true);
    expect([...change({ contentType: "text/plain" }).detailed]).toEqual([
      ["contentType", { kind: "update", replaces: false }],
    ]);
    expect([...change({ blobName: "other.html" }).detailed.values()]).toEqual([
      { kind: "update", replaces: true },
    ]);
  });
});

describe("a static website", () => {
  it("changes its documents in place, and its account not", () => {
    const row = rowOf("azure-native:storage:StorageAccountStaticWebsite");
    const before = { resourceGroupName: "rg", accountName: "contoso", indexDocument: "index.html" };
    const diff = (news: object) => [
      ...diffInputs(row, before, {}, { ...before, ...news }).detailed,
    ];
    expect(diff({ indexDocument: "a.html" })).toEqual([
      ["indexDocument", { kind: "update", replaces: false }],
    ]);
    expect(diff({ accountName: "fabrikam" })).toEqual([
      ["accountName", { kind: "update", replaces: true }],
    ]);
  });
});

describe("a storage account", () => {
  const row = rowOf("azure-native:storage:StorageAccount");
  const inputs = {
    resourceGroupName: "rg",
    accountName: "contoso",
    kind: "StorageV2",
    location: "westeurope",
    sku: { name: "Standard_LRS" },
    enableHttpsTrafficOnly: true,
    minimumTlsVersion: "TLS1_2",
  };

  it("is sent with the service's own names", () => {
    expect(requestBody(row, inputs)).toEqual({
      kind: "StorageV2",
      location: "westeurope",
      sku: { name: "Standard_LRS" },
      properties: { supportsHttpsTrafficOnly: true, minimumTlsVersion: "TLS1_2" },
    });
  });

  it("needs a kind and a sku", () => {
    expect(checkInputs(row, inputs)).toEqual([]);
    const { kind: _, ...unkind } = inputs;
    expect(checkInputs(row, { ...unkind, sku: {} })).toEqual([
      { reason: "missing required property 'kind'" },
      { reason: "missing required property 'sku.name'" },
    ]);
  });
});
