// A length of time as Microsoft Graph writes it (ISO 8601): `P180D`, `P4DT12H30M5S`.
const FORM =
  /^P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?$/;

/** The time that lies a duration after another; undefined for a text that is no duration, or leads out of the calendar. */
export function timeAfter(start: Date, duration: string): Date | undefined {
  const parts = FORM.exec(duration)?.slice(1);
  if (parts === undefined) return undefined;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] =
    parts.map((part) => Number(part ?? 0));
  const end = new Date(start);
  end.setUTCFullYear(end.getUTCFullYear() + years, end.getUTCMonth() + months);
  end.setTime(end.getTime() + (weeks * 7 + days) * 86_400_000);
  end.setTime(end.getTime() + (hours * 3_600 + minutes * 60 + seconds) * 1_000);
  return Number.isNaN(end.getTime()) ? undefined : end;
}
