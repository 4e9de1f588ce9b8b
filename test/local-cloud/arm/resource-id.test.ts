import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  formatResourceId,
  parseResourceId,
} from "../../../local-cloud/arm/mechanics/resource-id.js";

const name = fc.stringMatching(/^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,20}$/);

describe("resource ids", () => {
  it("are taken apart and put together again", () => {
    fc.assert(
      fc.property(
        name,
        name,
        fc.array(fc.tuple(name, name), { minLength: 1, maxLength: 3 }),
        (subscriptionId, resourceGroup, parts) => {
          const id = {
            subscriptionId,
            resourceGroup,
            type: ["Microsoft.Any", ...parts.map(([type]) => type)].join("/"),
            names: parts.map(([, own]) => own),
          };
          expect(parseResourceId(formatResourceId(id))).toEqual(id);
        },
      ),
    );
  });

  it.each([
    [""],
    ["/subscriptions/s"],
    ["/subscriptions/s/resourceGroups/g"],
    ["/subscriptions/s/resourceGroups/g/providers/Microsoft.Any"],
    ["/subscriptions/s/resourceGroups/g/providers/Microsoft.Any/type"],
    ["/subscriptions/s/providers/Microsoft.Any/type/name"],
    ["not an id"],
  ])("are not seen in '%s'", (text) => {
    expect(parseResourceId(text)).toBeUndefined();
  });
});
