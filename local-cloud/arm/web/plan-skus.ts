// The sizes of App Service plans and what each tier has ("App Service limits"; "App Service pricing").

/** A tier as the service names it. */
export interface PlanTier {
  readonly tier: string;
  /** `Pv3` */
  readonly family: string;
  readonly maxInstances: number;
  /** Free and Shared run on machines of others: no Always On, no certificates, no virtual network. */
  readonly dedicated: boolean;
  readonly customDomains: boolean;
  readonly linux: boolean;
  /** Whether instances may be spread over zones. */
  readonly zones: boolean;
}

export interface PlanSku extends PlanTier {
  /** `P1v3` */
  readonly name: string;
}

const common = { dedicated: true, customDomains: true, linux: true, zones: false };
const premium = { ...common, maxInstances: 30, zones: true };
const TIERS: readonly (PlanTier & { readonly names: readonly string[] })[] = [
  {
    ...common,
    tier: "Free",
    family: "F",
    names: ["F1"],
    maxInstances: 1,
    dedicated: false,
    customDomains: false,
  },
  {
    ...common,
    tier: "Shared",
    family: "D",
    names: ["D1"],
    maxInstances: 1,
    dedicated: false,
    linux: false,
  },
  { ...common, tier: "Basic", family: "B", names: ["B1", "B2", "B3"], maxInstances: 3 },
  { ...common, tier: "Standard", family: "S", names: ["S1", "S2", "S3"], maxInstances: 10 },
  { ...premium, tier: "PremiumV2", family: "Pv2", names: ["P1v2", "P2v2", "P3v2"] },
  { ...premium, tier: "PremiumV3", family: "Pv3", names: ["P0v3", "P1v3", "P2v3", "P3v3"] },
  {
    ...premium,
    tier: "PremiumMV3",
    family: "Pmv3",
    names: ["P1mv3", "P2mv3", "P3mv3", "P4mv3", "P5mv3"],
  },
  { ...premium, tier: "PremiumV4", family: "Pv4", names: ["P0v4", "P1v4", "P2v4", "P3v4"] },
  {
    ...premium,
    tier: "PremiumMV4",
    family: "Pmv4",
    names: ["P1mv4", "P2mv4", "P3mv4", "P4mv4", "P5mv4"],
  },
];

const SKUS: ReadonlyMap<string, PlanSku> = new Map(
  TIERS.flatMap(({ names, ...tier }) =>
    names.map((name): [string, PlanSku] => [name.toLowerCase(), { ...tier, name }]),
  ),
);

/** Plans of other products, and those that need an App Service Environment. */
const ELSEWHERE = /^(I\dM?V2|I[1-6]|Y1|FC1|EP[1-3]|WS[1-3])$/i;

/** The size of this name, in any case. */
export function planSku(name: string): PlanSku | undefined {
  return SKUS.get(name.toLowerCase());
}

/** Whether Azure has a size of this name that the local cloud has not. */
export function isSkuElsewhere(name: string): boolean {
  return ELSEWHERE.test(name);
}

export const planSkuNames: readonly string[] = [...SKUS.values()].map(({ name }) => name);
