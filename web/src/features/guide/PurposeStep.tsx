import { useQueryClient } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { messageOf } from "../../shared/api";
import { Field } from "../../shared/console/Field";
import { consoleText } from "../../shared/messages/console/text";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { api, guideKey, type Guide } from "./api";
import { linesOf } from "./step";

/** What the bot is for, and what it declines. */
export function PurposeStep({ bot, guide, onDone }: { bot: string; guide: Guide; onDone: () => void }) {
  const words = consoleText.guide;
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  async function submit(event: SyntheticEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const value = (name: string): string => String(given.get(name) ?? "").trim();
    setBusy(true);
    setError(null);
    try {
      const state = await api.purpose(bot, {
        title: value("title"),
        purpose: value("purpose"),
        topics: linesOf(value("topics")),
        declines: linesOf(value("declines")),
      });
      queries.setQueryData(guideKey(bot), state);
      onDone();
    } catch (problem) {
      setError(messageOf(problem));
    } finally {
      setBusy(false);
    }
  }

  return (
    <form className="stack" onSubmit={(event) => void submit(event)}>
      <p className="page-about">{guide.editable ? words.purposeAbout : words.edited}</p>
      <Field label={words.purpose} hint={words.purposeExample}>
        {(ids) => (
          <input
            className="input"
            name="purpose"
            required
            maxLength={1000}
            disabled={!guide.editable}
            defaultValue={guide.purpose}
            {...ids}
          />
        )}
      </Field>
      <Field label={words.name}>
        {(ids) => (
          <input
            className="input"
            name="title"
            maxLength={300}
            disabled={!guide.editable}
            defaultValue={guide.title === guide.name ? "" : guide.title}
            {...ids}
          />
        )}
      </Field>
      <div className="guide-two">
        <Field label={words.topics}>
          {(ids) => (
            <textarea
              className="input"
              name="topics"
              disabled={!guide.editable}
              defaultValue={guide.topics.join("\n")}
              {...ids}
            />
          )}
        </Field>
        <Field label={words.declines}>
          {(ids) => (
            <textarea
              className="input"
              name="declines"
              disabled={!guide.editable}
              defaultValue={guide.declines.join("\n")}
              {...ids}
            />
          )}
        </Field>
      </div>
      {error && <ErrorPanel message={error} />}
      <div className="row">
        {guide.editable ? (
          <button type="submit" className="button primary" disabled={busy}>
            {words.next}
          </button>
        ) : (
          <button type="button" className="button primary" onClick={onDone}>
            {words.next}
          </button>
        )}
      </div>
    </form>
  );
}
