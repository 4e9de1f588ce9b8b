// What holds for all revisions of an app: revision mode, ingress, secrets, registries.
import { notHere } from "../mechanics/arm-error.js";
import { BodyFields, type JsonObject } from "../mechanics/body-fields.js";
import { checkNames } from "../mechanics/known-names.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import type { WriteRequest } from "../mechanics/resource-type.js";
import { type AppDomains, domainsOf } from "./app-domains.js";
import { checkAssigned } from "./app-identity.js";
import { ingressOf } from "./app-ingress.js";
import {
  type AppOwner,
  type AppSecret,
  registriesOf,
  secretsOf,
  withoutValues,
} from "./app-secrets.js";
import { checkRange, choiceOf } from "./container-app-error.js";

const KNOWN = {
  of: "the configuration of a container app",
  understood: [
    "activeRevisionsMode",
    "dapr",
    "identitySettings",
    "ingress",
    "maxInactiveRevisions",
    "registries",
    "secrets",
  ],
};

export interface AppConfiguration extends Omit<AppDomains, "domains"> {
  /** As answers show it. */
  readonly configuration: JsonObject;
  readonly secrets: readonly AppSecret[];
}

export function configurationOf(
  request: WriteRequest,
  app: AppOwner,
  environment: ResourceRecord,
): AppConfiguration {
  const given = new BodyFields(request.body).object("properties").object("configuration");
  checkNames(given, KNOWN);
  if (given.object("dapr").boolean("enabled") === true) throw notHere("Dapr in container apps");
  const activeRevisionsMode =
    choiceOf(
      "Configuration.ActiveRevisionsMode",
      ["Single", "Multiple", "Labels"],
      given.string("activeRevisionsMode"),
    ) ?? "Single";
  const secrets = secretsOf(given, app);
  const ingress = ingressOf(given, {
    app: app.name,
    environment: environment.properties,
    singleRevision: activeRevisionsMode === "Single",
  });
  const { domains, ...held } = domainsOf(request, given, environment);
  return {
    ...held,
    secrets,
    configuration: {
      secrets: secrets.length === 0 ? null : withoutValues(secrets),
      activeRevisionsMode,
      ingress: ingress === null ? null : { ...ingress, customDomains: domains },
      registries: registriesOf(given, secrets, app),
      identitySettings: identitySettings(given, app),
      dapr: null,
      maxInactiveRevisions:
        checkRange(
          "Configuration.MaxInactiveRevisions",
          given.number("maxInactiveRevisions"),
          0,
          100,
        ) ?? 100,
    },
  };
}

function identitySettings(given: BodyFields, app: AppOwner): readonly JsonObject[] {
  return (given.objects("identitySettings") ?? []).map((setting) => {
    const path = "Configuration.IdentitySettings";
    const identity = setting.string("identity") ?? "";
    checkAssigned(`${path}.Identity`, identity, app.identity, app.name);
    const lifecycle = choiceOf(
      `${path}.Lifecycle`,
      ["Init", "Main", "None", "All"],
      setting.string("lifecycle"),
    );
    return { identity, lifecycle: lifecycle ?? "All" };
  });
}
