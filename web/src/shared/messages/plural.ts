type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** Chooses the words for a number as a language does, some in six ways; "#" in them is the number, in the language's own digits. */
export function plural(language: string): (n: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(language);
  const digits = new Intl.NumberFormat(language);
  return (n, forms) => (forms[rules.select(n)] ?? forms.other).replaceAll("#", digits.format(n));
}
