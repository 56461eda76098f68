import { useDeferredValue, useEffect, useRef, useState } from "react";
import { Field, Switch } from "../../shared/console/Field";
import { WordDiff } from "../../shared/console/WordDiff";
import { consoleText } from "../../shared/messages/console/text";
import { CaseFields, NO_CASE, type CaseWords } from "./CaseFields";
import { groupsOf, linesOf } from "./lines";
import { PlanView } from "./PlanView";
import type { Item, Wanted } from "./types";
import { usePlan } from "./useQueue";

interface Props {
  bot: string;
  item: Item;
  action: "edit" | "case";
  curate: boolean;
  mayCurate: boolean;
  busy: boolean;
  onCancel: () => void;
  onDecide: (wanted: Wanted) => void;
}

/** The reviewer's own words beside what the bot said, what changes word by word, and what will be made of it. */
export function EditForm({ bot, item, action, curate, mayCurate, busy, onCancel, onDecide }: Props) {
  const text = consoleText.reviews;
  const [question, setQuestion] = useState(item.question);
  const [answer, setAnswer] = useState(item.correction || (action === "edit" ? item.answer : ""));
  const [also, setAlso] = useState(curate);
  const [declines, setDeclines] = useState(false);
  const [words, setWords] = useState<CaseWords>(NO_CASE);
  const first = useRef<HTMLTextAreaElement>(null);
  useEffect(() => first.current?.focus(), []);
  const wanted: Wanted = {
    action,
    question: question.trim() === item.question.trim() ? "" : question.trim(),
    answer: answer.trim(),
    reason: "",
    curate: also && action === "edit",
    replace: false,
    refused: declines,
    ...(words.none ? { case: false } : {}),
    ...(words.phrasings.trim() ? { phrasings: linesOf(words.phrasings) } : {}),
    ...(words.must.trim() ? { must: groupsOf(words.must) } : {}),
    ...(words.mustNot.trim() ? { must_not: linesOf(words.mustNot) } : {}),
  };
  const ready = answer.trim() !== "" || declines || (action === "case" && words.must.trim() !== "");
  // Typing is never held up by what follows from it.
  const settled = useSettled(wanted, 400);
  const plan = usePlan(bot, item, ready ? settled : null);
  const shown = useDeferredValue(answer);
  return (
    <form
      className="card stack review-edit"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !busy) onDecide(wanted);
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onCancel();
        if (event.key === "Enter" && (event.metaKey || event.ctrlKey) && ready && !busy) onDecide(wanted);
      }}
    >
      <h2>{action === "case" ? text.caseTitle : text.editTitle}</h2>
      <Field label={text.question} hint={text.questionHint}>
        {(ids) => (
          <input
            {...ids}
            className="input"
            dir="auto"
            maxLength={1000}
            value={question}
            onChange={(event) => setQuestion(event.target.value)}
          />
        )}
      </Field>
      <div className="review-sides">
        <Field label={text.answer}>
          {(ids) => (
            <textarea
              {...ids}
              ref={first}
              className="input"
              dir="auto"
              rows={6}
              maxLength={20_000}
              value={answer}
              onChange={(event) => setAnswer(event.target.value)}
            />
          )}
        </Field>
        <section aria-label={text.result}>
          <h3>{text.result}</h3>
          <WordDiff before={item.answer} after={shown} />
        </section>
      </div>
      {mayCurate && action === "edit" && (
        <Switch label={text.alsoCurate} hint={text.alsoCurateHint} checked={also} onChange={setAlso} />
      )}
      <Switch label={text.declines} checked={declines} onChange={setDeclines} />
      <CaseFields words={words} onChange={setWords} optional={action === "edit"} />
      {ready && <PlanView command={action === "case" ? "case" : also ? "curate" : "accept"} plan={plan} />}
      <div className="form-actions end">
        <button type="button" className="button quiet" onClick={onCancel}>
          {consoleText.shell.cancel}
        </button>
        <button type="submit" className="button primary" disabled={busy || !ready}>
          {action === "case" ? text.saveCase : text.save}
        </button>
      </div>
    </form>
  );
}

/** The value as it was when it did not change any more for a while. */
function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  const key = JSON.stringify(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(key) as T), ms);
    return () => clearTimeout(timer);
  }, [key, ms]);
  return settled;
}
