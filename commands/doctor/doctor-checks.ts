// Every check of `doctor`, in the order in which results are shown: what the machine has, who asks, what the stack needs.
import type { Check } from "../checks/check.js";
import { botName } from "./checks/bot-name.js";
import { certificate } from "./checks/certificate.js";
import { cloud } from "./checks/cloud.js";
import { credentialPolicy } from "./checks/credential-policy.js";
import { directoryRights } from "./checks/directory-rights.js";
import { dnsZone } from "./checks/dns-zone.js";
import { engine } from "./checks/engine.js";
import { packages } from "./checks/packages.js";
import { plugins } from "./checks/plugins.js";
import { quota } from "./checks/quota.js";
import { region } from "./checks/region.js";
import { replyUrlNames } from "./checks/reply-url-names.js";
import { resourceProviders } from "./checks/resource-providers.js";
import { stackFiles } from "./checks/stack-files.js";
import { subscription } from "./checks/subscription.js";
import { subscriptionRights } from "./checks/subscription-rights.js";
import { tenant } from "./checks/tenant.js";
import { userConsent } from "./checks/user-consent.js";
import type { DoctorContext } from "./doctor-context.js";

export const DOCTOR_CHECKS: readonly Check<DoctorContext>[] = [
  stackFiles,
  engine,
  packages,
  plugins,
  tenant,
  cloud,
  subscription,
  directoryRights,
  credentialPolicy,
  userConsent,
  subscriptionRights,
  resourceProviders,
  botName,
  region,
  quota,
  replyUrlNames,
  dnsZone,
  certificate,
];
