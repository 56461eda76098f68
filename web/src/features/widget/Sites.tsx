import { useState, type FormEvent } from "react";
import { messageOf } from "../../shared/api";
import { Field } from "../../shared/console/Field";
import { Section } from "../../shared/console/Page";
import { consoleText } from "../../shared/messages/console/text";
import { IconButton } from "../../shared/ui/IconButton";
import { originOf, type Setup } from "./tag";
import type { Save } from "./useSetup";

/** The list of sites: each change is saved at once, and can be undone. */
export function Sites({ setup, save }: { setup: Setup; save: Save }) {
  const text = consoleText.widget;
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState(false);
  const { origins } = setup;

  function add(event: FormEvent): void {
    event.preventDefault();
    const site = originOf(typed);
    setWrong(site === null);
    if (site === null) return;
    if (!origins.includes(site)) save.mutate({ change: { origins: [...origins, site] }, said: text.added(site) });
    setTyped("");
  }

  const remove = (site: string): void =>
    save.mutate({ change: { origins: origins.filter((each) => each !== site) }, said: text.removed(site) });

  const error = wrong ? text.notSite : save.isError ? messageOf(save.error) : null;
  return (
    <Section title={text.sites}>
      <p className="quiet-text">{origins.length === 0 ? text.sitesOff : text.sitesNote}</p>
      {origins.length > 0 && (
        <ul className="site-list">
          {origins.map((site) => (
            <li key={site}>
              <code>{site}</code>
              <IconButton
                icon="trash"
                label={text.remove(site)}
                disabled={save.isPending}
                onClick={() => remove(site)}
              />
            </li>
          ))}
        </ul>
      )}
      <form className="site-form" onSubmit={add}>
        <Field label={text.addLabel} hint={text.addHint} error={error}>
          {(ids) => (
            <span className="row">
              <input
                className="input"
                inputMode="url"
                autoComplete="off"
                spellCheck={false}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
                {...ids}
              />
              <button type="submit" className="button" disabled={save.isPending || !typed.trim()}>
                {text.add}
              </button>
            </span>
          )}
        </Field>
      </form>
    </Section>
  );
}
