import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type ArmUnderTest,
  BOTS,
  botBody,
  GROUP,
  IDENTITIES,
  ORIGINS,
  SUBSCRIPTION,
  startArm,
  withGroup,
} from "./arm-under-test.js";

let arm: ArmUnderTest;
beforeEach(async () => {
  arm = await startArm();
});
afterEach(() => arm.stop());

describe("resource groups", () => {
  it("are created with 201 and updated with 200", async () => {
    const made = await arm.put(GROUP, { location: "West Europe", tags: { team: "calls" } });
    expect(made.status).toBe(201);
    expect(made.body).toEqual({
      id: GROUP,
      name: "rg-bots",
      type: "Microsoft.Resources/resourceGroups",
      location: "westeurope",
      tags: { team: "calls" },
      properties: { provisioningState: "Succeeded" },
    });
    const again = await arm.put(GROUP, { location: "westeurope" });
    expect(again.status).toBe(200);
    expect(again.body.tags).toBeUndefined();
  });

  it("are found in any case and answer in the case they were created with", async () => {
    await withGroup(arm);
    const answer = await arm.get(GROUP.replace("resourceGroups/rg-bots", "RESOURCEGROUPS/RG-BOTS"));
    expect(answer.status).toBe(200);
    expect(answer.body.id).toBe(GROUP);
  });

  it("answer HEAD with 204 and 404, without a body", async () => {
    expect((await arm.call("HEAD", GROUP)).status).toBe(404);
    await withGroup(arm);
    const answer = await arm.call("HEAD", GROUP);
    expect(answer.status).toBe(204);
    expect(answer.body).toBeUndefined();
  });

  it("that are not there are 404 ResourceGroupNotFound", async () => {
    for (const method of ["GET", "PATCH", "DELETE"]) {
      const answer = await arm.call(method, GROUP, method === "PATCH" ? { body: {} } : {});
      expect(answer.status).toBe(404);
      expect(answer.body).toEqual({
        error: {
          code: "ResourceGroupNotFound",
          message: "Resource group 'rg-bots' could not be found.",
        },
      });
    }
    expect((await arm.put(`${BOTS}/contoso`, botBody())).body.error.code).toBe(
      "ResourceGroupNotFound",
    );
  });

  it("keep their location", async () => {
    await withGroup(arm);
    const answer = await arm.put(GROUP, { location: "northeurope" });
    expect(answer.status).toBe(409);
    expect(answer.body.error).toEqual({
      code: "InvalidResourceGroupLocation",
      message:
        "Invalid resource group location 'northeurope'. The Resource group already exists in location 'westeurope'.",
    });
  });

  it.each([
    ["no location", {}, "LocationRequired"],
    ["an unknown location", { location: "atlantis" }, "LocationNotAvailableForResourceGroup"],
    ["51 tags", { location: "westeurope", tags: tags(51) }, "TooManyTags"],
    [
      "a long tag name",
      { location: "westeurope", tags: { ["x".repeat(513)]: "" } },
      "InvalidTagName",
    ],
    [
      "a long tag value",
      { location: "westeurope", tags: { x: "y".repeat(257) } },
      "TagValueTooLong",
    ],
    [
      "a reserved character",
      { location: "westeurope", tags: { "a/b": "" } },
      "InvalidTagNameCharacters",
    ],
    ["a number as a tag", { location: "westeurope", tags: { a: 1 } }, "InvalidRequestContent"],
    ["a list", [], "InvalidRequestContent"],
  ])("are refused with %s", async (_what, body, code) => {
    const answer = await arm.put(GROUP, body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.code).toBe(code);
    expect((await arm.get(GROUP)).status).toBe(404);
  });

  it("take 50 tags, names of 512 and values of 256 characters", async () => {
    const most = { ...tags(49), ["x".repeat(512)]: "y".repeat(256) };
    const answer = await arm.put(GROUP, { location: "westeurope", tags: most });
    expect(answer.status).toBe(201);
    expect(answer.body.tags).toEqual(most);
  });

  it("are refused with a body that is not JSON", async () => {
    const answer = await arm.call("PUT", GROUP, { text: "{location:" });
    expect(answer.status).toBe(400);
    expect(answer.body.error.code).toBe("InvalidRequestContent");
  });

  it.each([
    ["a?b", "rg%3Fb"],
    ["a final period", "rg."],
    ["91 characters", "r".repeat(91)],
  ])("are refused with the name %s", async (_what, name) => {
    const answer = await arm.put(`${SUBSCRIPTION}/resourceGroups/${name}`, {
      location: "westeurope",
    });
    expect(answer.status).toBe(400);
    expect(answer.body.error.code).toBe("InvalidResourceGroup");
  });

  it("take letters of any script, parentheses and 90 characters", async () => {
    for (const name of ["größe_(1).a-b", "r".repeat(90)]) {
      const path = `${SUBSCRIPTION}/resourceGroups/${encodeURIComponent(name)}`;
      expect((await arm.put(path, { location: "westeurope" })).body.name).toBe(name);
    }
  });

  it("change their tags by PATCH and keep the rest", async () => {
    await arm.put(GROUP, { location: "westeurope", tags: { a: "1" } });
    expect((await arm.patch(GROUP, { tags: { b: "2" } })).body.tags).toEqual({ b: "2" });
    expect((await arm.patch(GROUP, {})).body.tags).toEqual({ b: "2" });
  });

  it("are listed, by tag as well, and in pages", async () => {
    for (const name of ["a", "b", "c"]) {
      const path = `${SUBSCRIPTION}/resourceGroups/${name}`;
      await arm.put(path, { location: "westeurope", tags: { team: name } });
    }
    const list = `${SUBSCRIPTION}/resourceGroups`;
    const names = (answer: { body: { value: { name: string }[] } }) =>
      answer.body.value.map(({ name }) => name);
    expect(names(await arm.get(list))).toEqual(["a", "b", "c"]);
    const filter = encodeURIComponent("tagName eq 'TEAM' and tagValue eq 'b'");
    expect(names(await arm.get(`${list}?$filter=${filter}`))).toEqual(["b"]);
    const page = await arm.get(`${list}?$top=2`);
    expect(names(page)).toEqual(["a", "b"]);
    expect(page.body.nextLink).toContain(`${ORIGINS.arm}${list}?`);
    const rest = await arm.get(page.body.nextLink, { apiVersion: "" });
    expect(names(rest)).toEqual(["c"]);
    expect(rest.body.nextLink).toBeUndefined();
  });

  it("answer 501 to a filter they do not have, instead of the whole list", async () => {
    const filter = encodeURIComponent("startswith(name,'a')");
    const answer = await arm.get(`${SUBSCRIPTION}/resourceGroups?$filter=${filter}`);
    expect(answer.status).toBe(501);
    expect(answer.body.error).toEqual({
      code: "NotImplemented",
      message: `The local cloud does not have the $filter "startswith(name,'a')".`,
    });
  });
});

describe("deleting a resource group", () => {
  beforeEach(async () => {
    await withGroup(arm);
    await arm.put(`${IDENTITIES}/uami-one`, { location: "westeurope" });
    await arm.put(`${BOTS}/contoso`, botBody());
  });

  it("answers 202, is polled at Location and takes everything with it", async () => {
    const identity = await arm.get(`${IDENTITIES}/uami-one`);
    const { principalId, tenantId } = identity.body.properties;
    const answer = await arm.delete(GROUP);
    expect(answer.status).toBe(202);
    expect(answer.body).toBeUndefined();
    expect(answer.headers.get("Retry-After")).toBe("1");
    const location = answer.headers.get("Location") ?? "";
    expect(location).toMatch(
      new RegExp(
        `^${ORIGINS.arm}${SUBSCRIPTION}/operationresults/[0-9a-f-]{36}\\?api-version=2024-03-01$`,
      ),
    );
    expect((await arm.get(location)).status).toBe(200);
    expect((await arm.get(GROUP)).status).toBe(404);
    await withGroup(arm);
    expect((await arm.get(`${GROUP}/resources`)).body.value).toEqual([]);
    expect((await arm.get(`${BOTS}/contoso/channels/WebChatChannel`)).status).toBe(404);
    expect((await arm.put(`${BOTS}/contoso`, botBody())).status).toBe(201);
    expect(arm.context.directory.servicePrincipal(tenantId, principalId)).toBeUndefined();
  });

  it("shows Deleting and takes nothing more until it is over", async () => {
    await arm.delete(GROUP);
    expect((await arm.get(GROUP)).body.properties.provisioningState).toBe("Deleting");
    const answer = await arm.put(`${BOTS}/other`, botBody());
    expect(answer.status).toBe(409);
    expect(answer.body.error.code).toBe("ResourceGroupBeingDeleted");
  });

  it("is over after a while even when nobody polls", async () => {
    await arm.delete(GROUP);
    arm.clock.now = new Date(arm.clock.now.getTime() + 15_000);
    expect((await arm.get(GROUP)).status).toBe(404);
  });

  it("goes on after a restart", async () => {
    const location = (await arm.delete(GROUP)).headers.get("Location") ?? "";
    await arm.restart();
    expect((await arm.get(GROUP)).status).toBe(200);
    expect((await arm.get(location)).status).toBe(200);
    expect((await arm.get(GROUP)).status).toBe(404);
    expect((await arm.get(location)).status).toBe(200);
  });
});

describe("a slower cloud", () => {
  it("answers 202 to as many polls as it was told", async () => {
    const slow = await startArm({ operationPolls: 3 });
    await slow.put(GROUP, { location: "westeurope" });
    const location = (await slow.delete(GROUP)).headers.get("Location") ?? "";
    const statuses = [];
    for (let poll = 0; poll < 3; poll++) statuses.push((await slow.get(location)).status);
    await slow.stop();
    expect(statuses).toEqual([202, 202, 200]);
  });
});

function tags(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`t${index}`, "v"]));
}
