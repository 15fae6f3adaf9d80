// Every sentence the component shows is in strings.fr.json; this only fills their blanks.
import words from "./strings.fr.json";

export { words };

/** The sentence with each `{name}` replaced by its value. */
export function fill(sentence: string, values: Record<string, string | number>): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}
