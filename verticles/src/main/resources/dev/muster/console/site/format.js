// Numbers as people read them. What was not measured is a dash, and never 0.

export const NONE = "\u2013";

export const number = value => {
  if (value == null || !Number.isFinite(value)) return NONE;
  const size = Math.abs(value);
  const digits = Number.isInteger(value) || size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  return value.toLocaleString("en", {minimumFractionDigits: digits, maximumFractionDigits: digits});
};

const BYTES = ["bytes", "kB", "MB", "GB", "TB"];

// A value with the unit in which it is best read: [text, unit].
export const withUnit = (value, unit) => {
  if (value == null || !Number.isFinite(value)) return [NONE, ""];
  if (unit === "bytes" || unit === "bytes/s") {
    const place = Math.min(BYTES.length - 1, Math.max(0, Math.floor(Math.log10(Math.abs(value) || 1) / 3)));
    return [number(value / 1000 ** place), BYTES[place] + unit.slice(5)];
  }
  return [number(value), unit === "ratio" ? "" : unit];
};

export const text = (value, unit) => withUnit(value, unit).join(" ").trim();

export const short = (value, unit) => {
  if (value === 0) return "0";
  const [scaled, of] = unit?.startsWith("bytes") ? withUnit(value, unit) : [null, null];
  return scaled ? scaled.replace(/\.0+$/, "") + " " + of.replace("bytes", "B")
    : value.toLocaleString("en", {notation: Math.abs(value) >= 1e5 ? "compact" : "standard", maximumSignificantDigits: 3});
};

export const seconds = value => value == null ? NONE
  : value < 60 ? value.toFixed(1) + " s"
    : `${Math.floor(value / 60)} min ${String(Math.floor(value % 60)).padStart(2, "0")} s`;

// 2s, as it was probably asked for, and not 2000ms.
export const asked = parameters => parameters.replace(/\b(\d+)000ms\b/g, "$1s");

export const when = iso => {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? NONE
    : time.toLocaleString(undefined, {dateStyle: "medium", timeStyle: "medium"});
};

export const clock = millis => new Date(millis).toLocaleTimeString();
