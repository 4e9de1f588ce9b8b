// Subnets that are given over to another service, which puts its own machines there ("What is subnet delegation?").
import type { ArmCloud } from "../mechanics/arm-call.js";
import { BodyFields } from "../mechanics/body-fields.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import { SUBNET_TYPE } from "./subnet.js";

/** The subnet with this id; undefined when there is none. */
export function subnetById(cloud: ArmCloud, id: string): ResourceRecord | undefined {
  const found = cloud.resources.byId(id);
  return found?.type === SUBNET_TYPE ? found : undefined;
}

/** @param service such as `Microsoft.Web/serverFarms` */
export function isDelegated({ properties }: ResourceRecord, service: string): boolean {
  const wanted = service.toLowerCase();
  return (new BodyFields(properties).objects("delegations") ?? []).some(
    (delegation) => delegation.object("properties").string("serviceName")?.toLowerCase() === wanted,
  );
}
