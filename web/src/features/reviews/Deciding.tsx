import { useState } from "react";
import { ApiError } from "../../shared/api";
import { toast } from "../../shared/console/toast";
import { useMay } from "../../shared/console/useMay";
import { consoleText } from "../../shared/messages/console/text";
import { DecidedView } from "./DecidedView";
import { DecisionBar } from "./DecisionBar";
import { EditForm } from "./EditForm";
import { ItemView } from "./ItemView";
import { useKeys, type Command } from "./keys";
import type { Names } from "./names";
import { PlanView } from "./PlanView";
import { Refusal } from "./Refusal";
import { RejectForm } from "./RejectForm";
import { isWaiting, type Action, type Item, type Wanted } from "./types";
import type { Decided } from "./usePast";
import { useDecisions, usePlan } from "./useQueue";

interface Props {
  bot: string;
  item: Item;
  names: Names;
  keysOn: boolean;
  onNext: () => void;
  onPrevious: () => void;
  onDecided: (review: Decided) => void;
  onUndo: () => void;
  /** Takes that one back. */
  onBack: (review: Decided) => Promise<void>;
}

type Form = { kind: "edit" | "case" | "reject"; curate?: boolean } | null;

/** What the short ways decide; the others open a form first. */
const SHORT: Partial<Record<Command, Wanted>> = {
  accept: wanted("accept"),
  redact: wanted("redact"),
  curate: { ...wanted("accept"), curate: true },
  case: wanted("case"),
};

function wanted(action: Action): Wanted {
  return { action, question: "", answer: "", reason: "", curate: false, replace: false, refused: false };
}

/** One review: what was said, what can be decided, what that would do, and doing it. */
export function Deciding({ bot, item, names, keysOn, onNext, onPrevious, onDecided, onUndo, onBack }: Props) {
  const text = consoleText.reviews;
  const decisions = useDecisions(bot);
  const waiting = isWaiting(item);
  const mayCurate = useMay("curate");
  const answerable = item.correction !== "" || item.feedback.some((each) => each.thumb === "up");
  const [form, setForm] = useState<Form>(null);
  const [shown, setShown] = useState<Command>(answerable ? "accept" : "edit");
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<{ error: ApiError; wanted: Wanted } | null>(null);
  const plan = usePlan(bot, item, waiting && !form ? (SHORT[shown] ?? null) : null);

  async function decide(what: Wanted): Promise<void> {
    if (busy) return;
    setBusy(true);
    setRefused(null);
    try {
      const done = await decisions.decide(item, what);
      toast(told(done.written.state, done.written), {
        undo: () => onBack(done.review),
      });
      onDecided(done.review);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setRefused({ error, wanted: what });
    } finally {
      setBusy(false);
    }
  }

  function run(command: Command): void {
    if (command === "next") return onNext();
    if (command === "previous") return onPrevious();
    if (command === "undo") return onUndo();
    if (!waiting || busy) return;
    const short = SHORT[command];
    if (command === "reject") setForm({ kind: "reject" });
    else if (command === "case" && !item.correction) setForm({ kind: "case" });
    else if (short && answerable) void decide(short);
    else setForm({ kind: "edit", curate: command === "curate" && mayCurate });
  }

  useKeys(keysOn && form === null, run);

  return (
    <article className="review" aria-label={item.question}>
      <ItemView bot={bot} item={item} names={names} />
      {refused && (
        <Refusal
          bot={bot}
          item={item}
          names={names}
          {...refused}
          onDecide={(next) => void decide(next)}
          onEdit={() => {
            setRefused(null);
            setForm({ kind: "edit", curate: refused.wanted.curate ?? false });
          }}
          onNext={onNext}
        />
      )}
      {!waiting ? (
        <DecidedView item={item} names={names} onUndo={() => onBack(item)} />
      ) : form === null ? (
        <section aria-label={text.decide} className="review-decide">
          <DecisionBar keysOn={keysOn} busy={busy} mayCurate={mayCurate} shown={shown} onShow={setShown} onRun={run} />
          <PlanView command={shown} plan={plan} needsWords={!answerable && shown !== "reject"} />
        </section>
      ) : form.kind === "reject" ? (
        <RejectForm
          busy={busy}
          onCancel={() => setForm(null)}
          onReject={(reason) => void decide({ ...wanted("reject"), reason })}
        />
      ) : (
        <EditForm
          bot={bot}
          item={item}
          action={form.kind}
          curate={form.curate ?? false}
          mayCurate={mayCurate}
          busy={busy}
          onCancel={() => setForm(null)}
          onDecide={(next) => void decide({ ...wanted(form.kind === "case" ? "case" : "edit"), ...next })}
        />
      )}
    </article>
  );
}

function told(state: string, written: { row: unknown[]; cases: unknown[]; curated: unknown }): string {
  const text = consoleText.reviews;
  const parts = [text.done[state] ?? ""];
  if (written.row.length > 0) parts.push(text.doneRow);
  if (written.curated && state !== "curated") parts.push(text.doneCurated);
  if (written.cases.length > 0 && state !== "case") parts.push(text.doneCases(written.cases.length));
  return parts.filter(Boolean).join(" ");
}
