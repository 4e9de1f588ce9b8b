// Kind, price and monitoring of a bot.
import { invalidBot, invalidBotData } from "./bot-error.js";

const KINDS = ["sdk", "designer", "bot", "function", "azurebot"];
const SKUS = ["F0", "S1"];
const APP_INSIGHTS_KEY_LENGTH = 40;

/** `kind` is required by the service's description; what it says when it is missing was not seen. */
export function checkKind(kind: string | undefined): string {
  const known = KINDS.find((name) => name === kind?.toLowerCase());
  if (known !== undefined) return known;
  throw invalidBot([
    { field: "Kind", message: `Kind must be one of ${KINDS.join(", ")}, got '${kind ?? ""}'` },
  ]);
}

/** @default F0, the free one, as the command line creates it */
export function checkSku(sku: string | undefined): { readonly name: string } {
  const name = SKUS.find((known) => known === (sku ?? "F0").toUpperCase());
  if (name !== undefined) return { name };
  throw invalidBot([
    { field: "Sku", message: `Sku must be one of ${SKUS.join(", ")}, got '${sku}'` },
  ]);
}

/** True for a key, undefined when none is given. hashicorp/terraform-provider-azurerm#33028: exactly 40 characters. */
export function checkAppInsightsKey(key: string | undefined): true | undefined {
  if (key === undefined || key === "") return undefined;
  if (key.length === APP_INSIGHTS_KEY_LENGTH) return true;
  throw invalidBotData(
    `The developerAppInsightsApiKey property must have ${APP_INSIGHTS_KEY_LENGTH} characters, got ${key.length}`,
  );
}
