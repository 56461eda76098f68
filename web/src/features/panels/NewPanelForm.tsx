import { useState } from "react";
import { messageOf } from "../../shared/api";
import { Choice, Field } from "../../shared/console/Field";
import { Loaded } from "../../shared/console/Loaded";
import { toast } from "../../shared/console/toast";
import { consoleText } from "../../shared/messages/console/text";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { Contestants } from "./Contestants";
import type { Choices, GivenAnswers, NewPanel } from "./types";
import { useChoices, usePanelChanges } from "./usePanels";

const KINDS = ["pairs", "ratings"] as const;
const SOURCES = ["cases", "typed", "held-out", "logged"] as const;

export function NewPanelForm({ bot, onDone }: { bot: string; onDone: () => void }) {
  const choices = useChoices(bot);
  return <Loaded query={choices}>{(data) => <Form bot={bot} choices={data} onDone={onDone} />}</Loaded>;
}

function Form({ bot, choices, onDone }: { bot: string; choices: Choices; onDone: () => void }) {
  const text = consoleText.panels;
  const changes = usePanelChanges(bot);
  const [name, setName] = useState("");
  const [kind, setKind] = useState<(typeof KINDS)[number]>("pairs");
  const [who, setWho] = useState<readonly string[]>(choices.releases.length > 0 ? ["current"] : []);
  const [given, setGiven] = useState<readonly GivenAnswers[]>([]);
  const [source, setSource] = useState<(typeof SOURCES)[number]>(choices.cases > 0 ? "cases" : "typed");
  const [typed, setTyped] = useState("");
  const [most, setMost] = useState("60");
  const [perRater, setPerRater] = useState("");
  const [instructions, setInstructions] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const lines = typed
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  const enough = who.length + given.length >= (kind === "pairs" ? 2 : 1);
  const ready = name.trim() !== "" && enough && (source !== "typed" || lines.length > 0);

  async function make(): Promise<void> {
    const body: NewPanel = {
      name: name.trim(),
      kind,
      contestants: [...who],
      answers: [...given],
      questions: source,
      typed: source === "typed" ? lines : [],
      most: Math.min(500, Math.max(1, Number(most) || 60)),
      per_rater: Math.min(500, Math.max(0, Number(perRater) || 0)),
      controls: [],
      instructions: instructions.trim(),
    };
    setBusy(true);
    setError(null);
    try {
      await changes.make(body);
      toast(text.started);
      onDone();
    } catch (problem) {
      setError(messageOf(problem));
    } finally {
      setBusy(false);
    }
  }

  return (
    <form
      className="stack panel-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !busy) void make();
      }}
    >
      <Field label={text.name} hint={text.nameHint}>
        {(ids) => (
          <input
            {...ids}
            className="input"
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field label={text.kind} hint={text.kindHint[kind]}>
        {(ids) => (
          <Choice ids={ids} value={kind} options={KINDS.map((each) => [each, text.kinds[each]])} onChange={setKind} />
        )}
      </Field>
      <Contestants
        releases={choices.releases}
        chosen={who}
        onChosen={setWho}
        given={given}
        onGiven={setGiven}
        missing={enough ? "" : kind === "pairs" ? text.pairsNeed : text.ratingsNeed}
      />
      <Field label={text.source}>
        {(ids) => (
          <Choice
            ids={ids}
            value={source}
            options={SOURCES.map((each) => [
              each,
              each === "cases" ? text.sources.cases(choices.cases) : text.sources[each],
            ])}
            onChange={setSource}
          />
        )}
      </Field>
      {source === "typed" && (
        <Field label={text.typed}>
          {(ids) => (
            <textarea
              {...ids}
              className="input"
              dir="auto"
              rows={6}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
      )}
      <div className="panel-numbers">
        <Field label={text.most}>
          {(ids) => (
            <input
              {...ids}
              className="input"
              type="number"
              min={1}
              max={500}
              value={most}
              onChange={(event) => setMost(event.target.value)}
            />
          )}
        </Field>
        <Field label={text.perRater} hint={text.perRaterHint}>
          {(ids) => (
            <input
              {...ids}
              className="input"
              type="number"
              min={0}
              max={500}
              value={perRater}
              onChange={(event) => setPerRater(event.target.value)}
            />
          )}
        </Field>
      </div>
      <Field label={text.instructions} hint={text.instructionsHint}>
        {(ids) => (
          <textarea
            {...ids}
            className="input"
            dir="auto"
            rows={3}
            maxLength={2000}
            value={instructions}
            onChange={(event) => setInstructions(event.target.value)}
          />
        )}
      </Field>
      {error && <ErrorPanel message={error} onDismiss={() => setError(null)} />}
      <div className="form-actions end">
        <button type="button" className="button quiet" onClick={onDone}>
          {consoleText.shell.cancel}
        </button>
        <button type="submit" className="button primary" disabled={!ready || busy}>
          {text.make}
        </button>
      </div>
    </form>
  );
}
