import { useQueryClient } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { messageOf } from "../../shared/api";
import { Field } from "../../shared/console/Field";
import { number } from "../../shared/console/format";
import { WorkNote } from "../../shared/console/WorkNote";
import { consoleText } from "../../shared/messages/console/text";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { api, guideKey, type Guide, type Way } from "./api";
import { Result } from "./Result";

const WAYS = ["model", "documents"] as const;

interface Props {
  bot: string;
  guide: Guide;
  onStarted: () => void;
}

/** Trains a model within a budget, or reads the documents alone; then it is evaluated and served. */
export function BuildStep({ bot, guide, onStarted }: Props) {
  const words = consoleText.guide;
  const queries = useQueryClient();
  const conversations = guide.files.some((file) => file.part === "data");
  const documents = guide.files.some((file) => file.part === "knowledge");
  const possible = (each: Way) => (each === "model" ? conversations && guide.can_train : documents);
  const [way, setWay] = useState<Way>(
    possible(guide.way) ? guide.way : conversations && guide.can_train ? "model" : "documents",
  );
  const [minutes, setMinutes] = useState(String(guide.minutes));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const running = guide.work != null;

  async function submit(event: SyntheticEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await api.build(bot, Number(minutes), way);
      await queries.invalidateQueries({ queryKey: guideKey(bot) });
      onStarted();
    } catch (problem) {
      setError(messageOf(problem));
    } finally {
      setBusy(false);
    }
  }

  return (
    <form className="stack" onSubmit={(event) => void submit(event)}>
      <p className="page-about">{words.buildAbout}</p>
      <fieldset className="guide-ways">
        <legend>{words.way}</legend>
        {WAYS.map((each) => (
          <label key={each} className="guide-way">
            <input
              type="radio"
              name="way"
              checked={way === each}
              disabled={!possible(each)}
              onChange={() => setWay(each)}
            />
            <span>
              <strong>{words.ways[each]}</strong>
              <span className="quiet-text">{words.wayHints[each]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {conversations && !guide.can_train && (
        <p className="quiet-text">
          {guide.why} <span className="code">{guide.next_step}</span>
        </p>
      )}
      {way === "model" &&
        (guide.editable ? (
          <Field label={words.minutes} hint={words.minutesHint}>
            {(ids) => (
              <input
                className="input guide-minutes"
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
        ) : (
          <p>{words.minutesFixed(number(guide.minutes, 1))}</p>
        ))}
      {error && <ErrorPanel message={error} />}
      <div className="row">
        <button type="submit" className="button primary" disabled={busy || running || !possible(way)}>
          {guide.promoted ? words.again : words.build}
        </button>
      </div>
      {guide.build && (
        <WorkNote key={guide.build.id} bot={bot} work={guide.build} then={guideKey(bot)} may>
          {(done) => <Result work={done} />}
        </WorkNote>
      )}
    </form>
  );
}
