// Every resource type that the local cloud has. A new one is a file with a description, and a line here.
import { bot } from "./bot-service/bot.js";
import { channel } from "./bot-service/channel.js";
import { computeTypes } from "./compute/compute-types.js";
import { containerApp } from "./container-apps/container-app.js";
import { environment } from "./container-apps/environment.js";
import { managedCertificate } from "./container-apps/managed-certificate.js";
import { registry } from "./container-registry/registry.js";
import { dnsTypes } from "./dns/dns-zone.js";
import { autoscaleSetting } from "./insights/autoscale-setting.js";
import { component } from "./insights/component.js";
import { vaultSecret } from "./key-vault/secret.js";
import { vault } from "./key-vault/vault.js";
import { federatedIdentityCredential } from "./managed-identity/federated-identity-credential.js";
import { userAssignedIdentity } from "./managed-identity/user-assigned-identity.js";
import type { ResourceType } from "./mechanics/resource-type.js";
import { networkTypes } from "./network/network-types.js";
import { workspace } from "./operational-insights/workspace.js";
import { storageAccount } from "./storage/storage-account.js";
import { appServicePlan } from "./web/app-service-plan.js";
import { certificate } from "./web/certificate.js";
import { hostNameBinding } from "./web/host-name-binding.js";
import { site } from "./web/site.js";

export const resourceTypes: readonly ResourceType[] = [
  userAssignedIdentity,
  federatedIdentityCredential,
  bot,
  channel,
  storageAccount,
  vault,
  vaultSecret,
  workspace,
  component,
  autoscaleSetting,
  ...dnsTypes,
  appServicePlan,
  site,
  hostNameBinding,
  certificate,
  ...networkTypes,
  ...computeTypes,
  registry,
  environment,
  managedCertificate,
  containerApp,
];
