import { expect, it } from "vitest";
import { refuseProtectedDestroy } from "../../scripts/protected-state.js";

function resource(type: string, name: string, flags: object) {
  return { urn: `urn:pulumi:prod::project::a:b:Parent$${type}::${name}`, ...flags };
}

const BOT = resource("azure-native:botservice:Bot", "bot", { custom: true, protect: true });
const SECRET = resource("azuread:index:ApplicationPassword", "bot-secret", { custom: true });
const COMPONENT = resource("a:b:BotRegistration", "bot", { custom: false, protect: true });

it("a destroy is refused as long as something is protected, and names it", () => {
  expect(() => refuseProtectedDestroy("prod", { resources: [COMPONENT, BOT, SECRET] })).toThrow(
    'Stack "prod" is protected, so nothing was deleted. A destroy would have to keep Bot bot. Set protect to false in stacks/Pulumi.prod.yaml and run up before.',
  );
  expect(() => refuseProtectedDestroy("prod", { resources: [COMPONENT, SECRET] })).not.toThrow();
  expect(() => refuseProtectedDestroy("prod", { manifest: {} })).not.toThrow();
});
