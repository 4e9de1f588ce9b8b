// Versions of the scale set part of Microsoft.Compute. Older ones are still there and read the same.
export const COMPUTE_API_VERSIONS = [
  "2019-12-01",
  "2020-06-01",
  "2020-12-01",
  "2021-03-01",
  "2021-04-01",
  "2021-07-01",
  "2021-11-01",
  "2022-03-01",
  "2022-08-01",
  "2022-11-01",
  "2023-03-01",
  "2023-07-01",
  "2023-09-01",
  "2024-03-01",
  "2024-07-01",
  "2024-11-01",
  "2025-04-01",
  "2025-11-01",
  "2026-03-01",
];

/** `Microsoft.Compute/skus` has versions of its own. */
export const SKU_API_VERSIONS = ["2017-03-30", "2017-09-01", "2019-04-01", "2021-07-01"];
