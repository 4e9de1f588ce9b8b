// Resource Manager in memory, as far as the tests need it: any id can be put, read and deleted.
import type { FakeAnswer, FakeHandler } from "./fake-cloud.js";

export interface FakeArm {
  readonly resources: Map<string, Record<string, unknown>>;
  /** Answers instead of the usual, once for each entry. */
  readonly next: (FakeAnswer | "lost")[];
  readonly handler: FakeHandler;
}

export function fakeArm(): FakeArm {
  const resources = new Map<string, Record<string, unknown>>();
  const next: (FakeAnswer | "lost")[] = [];
  const handler: FakeHandler = ({ method, url, body }) => {
    const instead = next.shift();
    if (instead !== undefined) return instead;
    const id = url.pathname;
    const found = resources.get(id);
    switch (method) {
      case "GET":
        return found === undefined ? notFound(id) : { status: 200, body: found };
      case "PUT":
        resources.set(id, resource(id, Object(body)));
        return { status: found === undefined ? 201 : 200, body: resources.get(id) };
      case "DELETE":
        resources.delete(id);
        return { status: found === undefined ? 204 : 200 };
      default:
        return undefined;
    }
  };
  return { resources, next, handler };
}

function notFound(id: string): FakeAnswer {
  const message = `The Resource '${id}' was not found.`;
  return { status: 404, body: { error: { code: "ResourceNotFound", message } } };
}

function resource(id: string, body: Record<string, unknown>): Record<string, unknown> {
  const names = id.split("/");
  const type = names.slice(names.indexOf("providers") + 1).filter((_, index) => index % 2 === 0);
  return {
    id,
    name: names.at(-1),
    type: id.includes("/providers/") ? type.join("/") : "Microsoft.Resources/resourceGroups",
    etag: null,
    ...body,
    properties: { ...Object(body["properties"]), ...computed(id), provisioningState: "Succeeded" },
  };
}

function computed(id: string): Record<string, unknown> {
  return id.includes("userAssignedIdentities")
    ? { clientId: "client-1", principalId: "principal-1", tenantId: "tenant-1" }
    : {};
}
