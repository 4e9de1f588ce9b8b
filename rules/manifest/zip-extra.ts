// The extra fields of a zip's headers: an id, a length and so many bytes each (APPNOTE.TXT, 4.5).

/** Sizes that do not fit into the header, or that their writer did not know beforehand. */
export const ZIP64_SIZES = 0x0001;
/** A second name for the entry, which some readers prefer. */
export const UNICODE_PATH = 0x7075;

export interface ExtraField {
  readonly id: number;
  readonly data: Uint8Array;
  /** With id and length, as it stands in the header. */
  readonly whole: Uint8Array;
}

/** The fields in their order; what is too short to be one is one with an id that no field has. */
export function extraFields(extra: Uint8Array): ExtraField[] {
  const view = new DataView(extra.buffer, extra.byteOffset, extra.byteLength);
  const fields: ExtraField[] = [];
  for (let at = 0; at < extra.length; ) {
    const end = at + 4 <= extra.length ? at + 4 + view.getUint16(at + 2, true) : Infinity;
    const isWhole = end <= extra.length;
    const whole = extra.subarray(at, isWhole ? end : extra.length);
    const id = isWhole ? view.getUint16(at, true) : -1;
    fields.push({ id, data: whole.subarray(4), whole });
    at += whole.length;
  }
  return fields;
}
