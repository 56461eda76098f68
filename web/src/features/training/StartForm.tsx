import { useQueryClient } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { messageOf } from "../../shared/api";
import { Choice, Field } from "../../shared/console/Field";
import { Section } from "../../shared/console/Page";
import { consoleText } from "../../shared/messages/console/text";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { api, trainingKey, type How, type Training } from "./api";

/** Asks for a budget and a way; shows what would be trained, or trains it. */
export function StartForm({ bot, training }: { bot: string; training: Training }) {
  const words = consoleText.training;
  const queries = useQueryClient();
  const [minutes, setMinutes] = useState(String(training.minutes));
  const [how, setHow] = useState<How>(training.ways[0] ?? "scratch");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const budget = Number(minutes);
  const valid = Number.isFinite(budget) && budget > 0;
  const running = training.work !== null && training.work !== undefined;

  async function send(action: typeof api.plan): Promise<void> {
    setBusy(true);
    setError(null);
    try {
      await action(bot, { minutes: budget, how, start: "", seed: null });
      await queries.invalidateQueries({ queryKey: trainingKey(bot) });
    } catch (problem) {
      setError(messageOf(problem));
    } finally {
      setBusy(false);
    }
  }

  function submit(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    void send(api.start);
  }

  return (
    <Section title={words.start}>
      <p className="page-about">{words.startAbout}</p>
      <form className="stack card" onSubmit={submit}>
        <div className="filters">
          <Field label={words.minutes} hint={words.minutesHint}>
            {(ids) => (
              <input
                className="input"
                type="number"
                min="0.1"
                step="any"
                required
                value={minutes}
                onChange={(event) => setMinutes(event.target.value)}
                {...ids}
              />
            )}
          </Field>
          <Field label={words.how} hint={words.wayHints[how]}>
            {(ids) => (
              <Choice
                value={how}
                options={training.ways.map((each) => [each, words.ways[each]])}
                onChange={setHow}
                ids={ids}
              />
            )}
          </Field>
        </div>
        {error && <ErrorPanel message={error} />}
        <div className="row">
          <button type="submit" className="button primary" disabled={busy || running || !valid}>
            {words.begin}
          </button>
          <button
            type="button"
            className="button"
            disabled={busy || running || !valid}
            onClick={() => void send(api.plan)}
          >
            {words.plan}
          </button>
        </div>
      </form>
    </Section>
  );
}
