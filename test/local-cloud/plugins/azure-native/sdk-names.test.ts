// Every row has the names of the SDK's class, neither more nor fewer: read from the class itself.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  outputShapes,
  pathParameters,
} from "../../../../local-cloud/plugins/azure-native/resource-row.js";
import { RESOURCE_TABLE } from "../../../../local-cloud/plugins/azure-native/resource-table.js";

const sdk = dirname(createRequire(import.meta.url).resolve("@pulumi/azure-native/package.json"));

/** Names that the class takes, and names that it has. */
function classOf(token: string): { inputs: string[]; outputs: string[]; apiVersion: string } {
  const [, module = "", name = ""] = token.split(":");
  const file = `${name.charAt(0).toLowerCase()}${name.slice(1)}.js`;
  const text = readFileSync(join(sdk, module, file), "utf8");
  const [constructing = "", looking = ""] = text.split("        else {\n");
  const inputs = [...constructing.matchAll(/resourceInputs\["(\w+)"\] = (?!undefined)/g)];
  const outputs = [...looking.matchAll(/resourceInputs\["(\w+)"\] = undefined/g)];
  return {
    inputs: inputs.map(([, input = ""]) => input).sort(),
    outputs: outputs.map(([, output = ""]) => output).sort(),
    apiVersion: /Uses Azure REST API version ([\w-]+)\./.exec(text)?.[1] ?? "",
  };
}

// `id` of a resource is its path here; a program has no reason to say it again.
const withoutId = (names: readonly string[]) => names.filter((name) => name !== "id");

/** Made by the provider itself, or known in part: names that these rows have not are never sent. */
const INCOMPLETE = new Set([
  "azure-native:storage:StorageAccount",
  "azure-native:storage:StorageAccountStaticWebsite",
  "azure-native:storage:Blob",
]);

describe.each(
  RESOURCE_TABLE.filter(({ token }) => !INCOMPLETE.has(token)).map(
    (row) => [row.token, row] as const,
  ),
)("%s", (token, row) => {
  const { inputs, outputs, apiVersion } = classOf(token);

  it("takes and answers what the class does", () => {
    const given = new Set([...pathParameters(row), ...Object.keys(row.body)]);
    expect([...given].sort()).toEqual(withoutId(inputs));
    const answered = [...Object.keys(outputShapes(row)), "azureApiVersion"];
    expect(answered).toEqual(expect.arrayContaining(outputs));
    expect(row.apiVersion).toBe(apiVersion);
  });
});
