// Host names of one's own and the certificates that Azure issues for them, at container apps.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type OutsideRecord,
  OutsideRecords,
} from "../../../local-cloud/arm/custom-domain/outside-records.js";
import { type ArmUnderTest, GROUP, putToEnd, startArm, withGroup } from "./arm-under-test.js";

const APPS = `${GROUP}/providers/Microsoft.App`;
const ENVIRONMENT = `${APPS}/managedEnvironments/bots`;
const CERTIFICATE = `${ENVIRONMENT}/managedCertificates/bot`;
const APP = `${APPS}/containerApps/contoso-bot`;
const HOST = "bot.contoso.com";
const version = { apiVersion: "2025-02-02-preview" };

let arm: ArmUnderTest;
let verificationId: string;
let fqdn: string;
let staticIp: string;
beforeEach(async () => {
  arm = await startArm();
  await withGroup(arm);
  await put(ENVIRONMENT, { location: "westeurope", properties: {} });
  const { properties } = (await get(ENVIRONMENT)).body;
  verificationId = properties.customDomainConfiguration.customDomainVerificationId;
  fqdn = `contoso-bot.${properties.defaultDomain}`;
  staticIp = properties.staticIp;
});
afterEach(() => arm.stop());

const get = (id: string) => arm.get(id, version);

const put = (id: string, body: object) => putToEnd(arm, id, body, version);

const deploy = (customDomains: object[], app = APP, external = true) =>
  put(app, {
    location: "westeurope",
    properties: {
      environmentId: ENVIRONMENT,
      configuration: { ingress: { external, targetPort: 80, customDomains } },
      template: { containers: [{ name: "bot", image: "mcr.microsoft.com/bot:1" }] },
    },
  });

const certify = (domainControlValidation = "CNAME", subjectName = HOST, id = CERTIFICATE) =>
  put(id, { location: "westeurope", properties: { subjectName, domainControlValidation } });

const record = (type: OutsideRecord["type"], name: string, value: string) => ({
  type,
  name,
  value,
});
const proof = () => record("TXT", `asuid.${HOST}`, verificationId);
const alias = () => record("CNAME", HOST, `${fqdn}.`);
const address = () => record("A", HOST, staticIp);
const dns = (...records: OutsideRecord[]) => new OutsideRecords(arm.context.store).set(records);

const domains = async (app = APP) =>
  (await get(app)).body.properties.configuration.ingress.customDomains;

describe("a host name of one's own at a container app", () => {
  it("is taken once its owner says so in the DNS", async () => {
    const refused = await deploy([{ name: HOST, bindingType: "Disabled" }]);
    expect([refused.status, refused.body.error]).toEqual([
      400,
      {
        code: "InvalidCustomHostNameValidation",
        message: `A TXT record pointing from asuid.${HOST} to ${verificationId} was not found.`,
      },
    ]);
    dns(proof());
    expect((await deploy([{ name: HOST.toUpperCase() }])).body.status).toBe("Succeeded");
    expect(await domains()).toEqual([{ name: HOST, bindingType: "Disabled" }]);
    await deploy([]);
    expect(await domains()).toBeNull();
  });

  it("belongs to one app", async () => {
    dns(proof());
    await deploy([{ name: HOST }]);
    const taken = await deploy([{ name: HOST }], `${APPS}/containerApps/other`);
    expect([taken.status, taken.body.error.code]).toEqual([409, "CustomHostNameInUse"]);
    await deploy([]);
    expect((await deploy([{ name: HOST }], `${APPS}/containerApps/other`)).body.status).toBe(
      "Succeeded",
    );
  });

  it.each([
    ["no host name", { name: "bot" }, "got 'bot'"],
    ["another binding", { name: HOST, bindingType: "Maybe" }, "got 'Maybe'"],
    ["a binding without a certificate", { name: HOST, bindingType: "SniEnabled" }, "got ''"],
    [
      "a certificate that is not there",
      { name: HOST, certificateId: CERTIFICATE },
      "a certificate",
    ],
  ])("is refused with %s", async (_what, domain, words) => {
    dns(proof());
    const { body } = await deploy([domain]);
    expect(body.error.code).toBe("InvalidRequestParameterWithDetails");
    expect(body.error.message).toContain(words);
  });
});

describe("a certificate that Azure issues", () => {
  it("is issued for an app's host name that is an alias of the app, and is bound by itself", async () => {
    dns(proof(), alias());
    await deploy([{ name: HOST, bindingType: "Auto" }]);
    expect((await certify()).body.status).toBe("Succeeded");
    expect((await get(CERTIFICATE)).body).toMatchObject({
      name: "bot",
      location: "West Europe",
      properties: { provisioningState: "Succeeded", subjectName: HOST, error: null },
    });
    expect((await certify()).body.status).toBe("Succeeded");
    expect(await domains()).toEqual([
      { name: HOST, bindingType: "Auto", certificateId: CERTIFICATE },
    ]);
    const used = await arm.delete(CERTIFICATE, version);
    expect([used.status, used.body.error]).toEqual([
      400,
      {
        code: "CertificateInUse",
        message: `Certificate 'bot' is used by existing custom domains ${HOST}.`,
      },
    ]);
    await deploy([]);
    expect((await arm.delete(CERTIFICATE, version)).status).toBe(200);
  });

  it("is bound by its id as well, and then stays", async () => {
    dns(proof(), alias());
    await deploy([{ name: HOST }]);
    await certify();
    const bound = { name: HOST, bindingType: "SniEnabled", certificateId: CERTIFICATE };
    expect((await deploy([bound])).body.status).toBe("Succeeded");
    expect(await domains()).toEqual([bound]);
    expect((await arm.delete(CERTIFICATE, version)).body.error.code).toBe("CertificateInUse");
    await deploy([{ name: HOST }]);
    expect((await arm.delete(CERTIFICATE, version)).status).toBe(200);
  });

  it("is issued over http for a name that leads to the environment", async () => {
    dns(proof(), address());
    await deploy([{ name: HOST }]);
    expect((await certify("CNAME")).body.error.message).toBe(
      `Not found CNAME of hostname '${HOST}' directly pointing to a default hostname.`,
    );
    expect((await certify("HTTP")).body.status).toBe("Succeeded");
  });

  it("goes with its environment", async () => {
    dns(proof(), alias());
    await deploy([{ name: HOST, bindingType: "Auto" }]);
    await certify();
    const going = await arm.delete(APP, version);
    await arm.get(going.headers.get("Location") ?? "");
    const last = await arm.delete(ENVIRONMENT, version);
    expect(last.status).toBe(202);
    await arm.get(last.headers.get("Location") ?? "");
    expect((await get(CERTIFICATE)).status).toBe(404);
  });

  it("needs an app that has the name", async () => {
    dns(proof(), alias());
    await deploy([]);
    const { body } = await certify();
    expect(body.error).toEqual({
      code: "RequireCustomHostnameInEnvironment",
      message: `Creating managed certificate requires hostname '${HOST}' added as a custom hostname to a container app or route in environment 'bots'`,
    });
  });

  it("fails where another authority alone may issue, and says why", async () => {
    dns(proof(), alias(), record("CAA", "contoso.com", '0 issue "letsencrypt.org"'));
    await deploy([{ name: HOST }]);
    const failed = await certify();
    expect(failed.body).toMatchObject({
      status: "Failed",
      error: { code: "ManagedCertificateNotIssued" },
    });
    expect((await get(CERTIFICATE)).body.properties).toMatchObject({
      provisioningState: "Failed",
      error: expect.stringContaining("digicert.com"),
    });
    dns(proof(), alias(), record("CAA", HOST, '0 issue "digicert.com"'));
    expect((await certify()).body.status).toBe("Succeeded");
    expect((await get(CERTIFICATE)).body.properties.error).toBeNull();
  });

  it("is refused over http for an app that is not on the Internet", async () => {
    dns(proof(), address());
    await deploy([{ name: HOST }], APP, false);
    expect((await certify("HTTP")).body.error.code).toBe("InvalidCustomHostNameValidation");
  });

  it("is one for each name, whose name and proof never change", async () => {
    dns(proof(), alias());
    await deploy([{ name: HOST }]);
    await certify();
    expect((await certify("CNAME", HOST, `${CERTIFICATE}2`)).body.error.code).toBe(
      "DuplicateManagedCertificateInEnvironment",
    );
    expect((await certify("HTTP")).body.error.message).toContain("It cannot be changed");
    expect((await certify("CNAME", "a.contoso.com")).body.error.message).toContain("subjectName");
    expect((await certify("TXT", HOST, `${CERTIFICATE}3`)).status).toBe(501);
    expect((await certify("", HOST, `${CERTIFICATE}3`)).body.error.message).toContain("required");
  });
});
