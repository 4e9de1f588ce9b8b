// The machines of a scale set: as many as its capacity says, made and removed when a PUT is over.
import { randomUUID } from "node:crypto";
import type { ArmCloud } from "../mechanics/arm-call.js";
import { isJsonObject, type JsonObject } from "../mechanics/body-fields.js";
import type { Reference } from "../mechanics/references.js";
import { removeResource } from "../mechanics/resource-removal.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import { keepResource } from "../mechanics/resource-write.js";
import { checkLabel, labelClaim } from "../network/dns-label.js";
import { addressClaim, freeAddressIn, freeRange } from "../network/public-addresses.js";
import { notAllowed } from "./compute-error.js";
import { type IpConfiguration, interfaceIn } from "./interface-view.js";
import { modelStamp } from "./machine-model.js";
import { isProtected, leaving } from "./scale-in.js";
import { MACHINE_TYPE, scaleSetMachine } from "./scale-set-machine.js";

/** Makes and removes machines until there are as many as wanted, and brings those up to date that follow by themselves. */
export function matchMachines(cloud: ArmCloud, set: ResourceRecord): void {
  const capacity = Number(set.sku?.["capacity"] ?? 0);
  const machines = machinesOf(cloud, set);
  for (const machine of leaving(machines, machines.length - capacity, ruleOf(set))) {
    removeResource(cloud, machine);
  }
  for (let count = machines.length; count < capacity; count++) addMachine(cloud, set);
  rememberLast(cloud, set);
  if (Object(set.properties["upgradePolicy"]).mode === "Manual") return;
  for (const machine of machinesOf(cloud, set)) applyModel(cloud, set, machine);
}

/** Throws 409 when machines that must stay are more than wanted. The words were not seen. */
export function checkProtected(cloud: ArmCloud, set: ResourceRecord, capacity: number): void {
  const kept = machinesOf(cloud, set).filter(isProtected).length;
  if (kept <= capacity) return;
  throw notAllowed(
    `The virtual machine scale set ${set.id} cannot be scaled in to ${capacity}: ${kept} of its instances are protected from scale-in.`,
  );
}

/** Machines by instance id. */
export function machinesOf({ resources }: ArmCloud, set: ResourceRecord): ResourceRecord[] {
  const idOf = ({ names }: ResourceRecord) => Number(names.at(-1));
  return resources.children(set, MACHINE_TYPE).sort((a, b) => idOf(a) - idOf(b));
}

/** Gives a machine the model that its set has now. */
export function applyModel(cloud: ArmCloud, set: ResourceRecord, machine: ResourceRecord): void {
  const stamp = modelStamp(set);
  if (machine.hidden?.["model"] === stamp) return;
  const configuration = ipConfigurationOf(set);
  keepResource(cloud, scaleSetMachine, machine, {
    ...machineFields(set, machine.names.at(-1) ?? "", machine.properties),
    zones: machine.zones ?? [],
    claims: machine.claims,
    hidden: { ...machine.hidden, model: stamp },
    references: references(configuration),
  });
}

function addMachine(cloud: ArmCloud, set: ResourceRecord): void {
  const before = machinesOf(cloud, set);
  const ids = before.map(({ names }) => Number(names.at(-1)));
  const instanceId = String(Math.max(lastInstance(set), ...ids) + 1);
  const configuration = ipConfigurationOf(set);
  const address = publicAddressFor(cloud, configuration);
  const zone = emptiestZone(set, before);
  const timeCreated = cloud.context.now().toISOString();
  const protection = { protectionPolicy: undefined, vmId: randomUUID(), timeCreated };
  keepResource(
    cloud,
    scaleSetMachine,
    { ...set, names: [...set.names, instanceId] },
    {
      ...machineFields(set, instanceId, protection),
      ...(zone === undefined ? {} : { zones: [zone] }),
      claims: address === undefined ? [] : [addressClaim(address)],
      hidden: { model: modelStamp(set), slot: freeSlot(before), publicAddress: address },
      references: references(configuration),
    },
  );
}

/** An instance id is used once, also when its machine is gone. */
function rememberLast(cloud: ArmCloud, set: ResourceRecord): void {
  const last = machinesOf(cloud, set).at(-1)?.names.at(-1) ?? -1;
  const hidden = { ...set.hidden, lastInstance: Math.max(lastInstance(set), Number(last)) };
  cloud.resources.put({ ...set, hidden });
}

function lastInstance({ hidden }: ResourceRecord): number {
  return Number(hidden?.["lastInstance"] ?? -1);
}

function machineFields(set: ResourceRecord, instanceId: string, before: JsonObject) {
  const profile = Object(set.properties["virtualMachineProfile"]);
  const { computerNamePrefix, ...osProfile } = Object(profile.osProfile);
  const suffix = Number(instanceId).toString(36).toUpperCase().padStart(6, "0");
  const { vmId, timeCreated, protectionPolicy } = before;
  return {
    ...(set.location === undefined ? {} : { location: set.location }),
    ...(set.tags === undefined ? {} : { tags: set.tags }),
    ...(set.identity === undefined ? {} : { identity: set.identity }),
    sku: { name: set.sku?.["name"], tier: "Standard" },
    extra: { instanceId },
    properties: {
      modelDefinitionApplied: "VirtualMachineScaleSet",
      vmId,
      hardwareProfile: {},
      storageProfile: profile.storageProfile,
      osProfile: { computerName: `${computerNamePrefix}${suffix}`, ...osProfile },
      ...(profile.securityProfile === undefined
        ? {}
        : { securityProfile: profile.securityProfile }),
      ...(profile.diagnosticsProfile === undefined
        ? {}
        : { diagnosticsProfile: profile.diagnosticsProfile }),
      networkProfileConfiguration: {
        networkInterfaceConfigurations: Object(profile.networkProfile)
          .networkInterfaceConfigurations,
      },
      ...(protectionPolicy === undefined ? {} : { protectionPolicy }),
      provisioningState: "Succeeded",
      timeCreated,
    },
  };
}

function references(configuration: IpConfiguration): Reference[] {
  const { interfaceName, name, subnetId, poolIds, groupId } = configuration;
  const from = `networkInterfaces/${interfaceName}/ipConfigurations/${name}`;
  const of = (id: string, part: string): Reference => ({ id, path: "networkProfile", from: part });
  return [
    of(subnetId, from),
    ...poolIds.map((id) => of(id, from)),
    ...(groupId === undefined ? [] : [of(groupId, `networkInterfaces/${interfaceName}`)]),
  ];
}

function ruleOf({ properties }: ResourceRecord): string {
  return Object(properties["scaleInPolicy"]).rules?.[0] ?? "Default";
}

function emptiestZone(set: ResourceRecord, machines: readonly ResourceRecord[]) {
  const count = (zone: string) => machines.filter(({ zones }) => zones?.[0] === zone).length;
  return [...(set.zones ?? [])].sort((a, b) => count(a) - count(b))[0];
}

/** Which port of each range of NAT rules is a machine's: it keeps the number for as long as it lives. */
function freeSlot(machines: readonly ResourceRecord[]): number {
  const taken = new Set(machines.map(({ hidden }) => hidden?.["slot"]));
  let slot = 0;
  while (taken.has(slot)) slot++;
  return slot;
}

function ipConfigurationOf({ properties }: ResourceRecord): IpConfiguration {
  return interfaceIn(Object(properties["virtualMachineProfile"]).networkProfile);
}

function publicAddressFor(cloud: ArmCloud, { publicAddress }: IpConfiguration): string | undefined {
  if (publicAddress === undefined) return undefined;
  const prefix =
    publicAddress.prefixId === undefined
      ? undefined
      : cloud.resources.byId(publicAddress.prefixId)?.properties["ipPrefix"];
  return typeof prefix === "string" ? freeAddressIn(cloud, prefix) : freeRange(cloud, 4, 32);
}

/** Claims of the label that the machines' addresses share. Throws 400 when it is taken. */
export function labelClaims(
  cloud: ArmCloud,
  networkProfile: JsonObject,
  location: string,
  ownId: string | undefined,
): readonly string[] {
  const label = isJsonObject(networkProfile)
    ? interfaceIn(networkProfile).publicAddress?.label
    : undefined;
  if (label === undefined) return [];
  checkLabel(cloud, label, location, ownId);
  return [labelClaim(label, location)];
}
