// Every check of `verify`, in the order in which results are shown.
import type { Check } from "../checks/check.js";
import { accessPolicy } from "./checks/access-policy.js";
import { appRoles } from "./checks/app-roles.js";
import { application } from "./checks/application.js";
import { azureBot } from "./checks/azure-bot.js";
import { botEndpoint } from "./checks/bot-endpoint.js";
import { channelCalling } from "./checks/channel-calling.js";
import { channelDeployment } from "./checks/channel-deployment.js";
import { channelWebhook } from "./checks/channel-webhook.js";
import { consent } from "./checks/consent.js";
import { credential } from "./checks/credential.js";
import { credentialGeneration } from "./checks/credential-generation.js";
import { customersConsent } from "./checks/customers-consent.js";
import { deletedApplications } from "./checks/deleted-applications.js";
import { deletedVaults } from "./checks/deleted-vaults.js";
import { leftOverResources } from "./checks/left-over-resources.js";
import { leftOvers } from "./checks/left-overs.js";
import { mediaEndpoint } from "./checks/media-endpoint.js";
import { owners } from "./checks/owners.js";
import { recordingPolicy } from "./checks/recording-policy.js";
import { replyUrls } from "./checks/reply-urls.js";
import { servicePrincipal } from "./checks/service-principal.js";
import { teamsApp } from "./checks/teams-app.js";
import { teamsAppCatalogue } from "./checks/teams-app-catalogue.js";
import { webhookAnswer } from "./checks/webhook-answer.js";
import { webhookCertificate } from "./checks/webhook-certificate.js";
import { webhookDns } from "./checks/webhook-dns.js";
import { webhookTime } from "./checks/webhook-time.js";
import type { VerifyContext } from "./verify-context.js";

export const VERIFY_CHECKS: readonly Check<VerifyContext>[] = [
  application,
  servicePrincipal,
  appRoles,
  consent,
  customersConsent,
  replyUrls,
  owners,
  credential,
  credentialGeneration,
  azureBot,
  botEndpoint,
  channelCalling,
  channelWebhook,
  channelDeployment,
  webhookDns,
  webhookCertificate,
  webhookAnswer,
  webhookTime,
  mediaEndpoint,
  teamsApp,
  teamsAppCatalogue,
  accessPolicy,
  recordingPolicy,
  leftOvers,
  leftOverResources,
  deletedApplications,
  deletedVaults,
];
