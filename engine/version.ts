// Which engine this project asks for, in one place: the finder, the download and the Go build agree on it.

/**
 * The oldest engine that this project's tests have run on. An engine of the same major version
 * that is not older is taken as it is; this exact one is what a download or a build brings.
 */
export const testedEngineVersion = "3.259.0";

/** The Go package of the engine; `engine/go.mod` pins the module it is in to {@link testedEngineVersion}. */
export const enginePackage = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";

/** The variable that `pulumi version` prints; a build from source leaves it empty and is refused by the Automation API. */
export const engineVersionVariable = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";
