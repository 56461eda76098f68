import { useState, type ReactNode } from "react";
import { messageOf } from "../../shared/api";
import { Badge } from "../../shared/console/Badge";
import { Confirm } from "../../shared/console/Confirm";
import { DataTable, type Column } from "../../shared/console/DataTable";
import { Field } from "../../shared/console/Field";
import { toast } from "../../shared/console/toast";
import { setSearch } from "../../shared/location";
import { consoleText } from "../../shared/messages/console/text";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { isWaiting, type Item } from "./types";
import { useDecisions } from "./useQueue";

interface Props {
  bot: string;
  items: readonly Item[];
  empty: ReactNode;
  onMore: (() => void) | undefined;
  busy: boolean;
}

/** The queue as a table; several are decided at once where that is allowed. */
export function QueueTable({ bot, items, empty, onMore, busy }: Props) {
  const text = consoleText.reviews;
  const decisions = useDecisions(bot);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [rejecting, setRejecting] = useState(false);
  const [reason, setReason] = useState("");
  const [refused, setRefused] = useState<readonly { id: string; reason: string }[]>([]);
  const [error, setError] = useState<string | null>(null);
  const ids = items.filter((item) => chosen.has(item.id) && isWaiting(item)).map((item) => item.id);

  async function decide(action: "accept" | "reject", why: string): Promise<void> {
    setError(null);
    const done = await decisions.decideMany(ids, action, why);
    setRefused(done.refused);
    setChosen(new Set(done.refused.map((each) => each.id)));
    toast(text.manyDone(done.done.length, done.refused.length), {
      undo: async () => {
        for (const review of done.done) await decisions.undo(review);
      },
    });
  }

  return (
    <>
      {ids.length > 0 && (
        <div className="card stack review-many">
          <div className="row">
            <b>{consoleText.shell.selected(ids.length)}</b>
            <button
              type="button"
              className="button"
              onClick={() => void decide("accept", "").catch((problem: unknown) => setError(messageOf(problem)))}
            >
              {text.acceptMany}
            </button>
            <button type="button" className="button" onClick={() => setRejecting(true)}>
              {text.rejectMany}
            </button>
          </div>
          <p className="quiet-text">{text.manyHint}</p>
        </div>
      )}
      {error && <ErrorPanel message={error} onDismiss={() => setError(null)} />}
      {refused.length > 0 && (
        <div className="card review-many" role="status">
          <b>{text.refusedTitle}</b>
          <ul>
            {refused.map((each) => (
              <li key={each.id}>
                “{items.find((item) => item.id === each.id)?.question ?? each.id}”: {each.reason}
              </li>
            ))}
          </ul>
        </div>
      )}
      <DataTable
        caption={text.queueTable}
        columns={columns()}
        rows={items}
        rowKey={(item) => item.id}
        empty={empty}
        selection={{ chosen, onChange: setChosen }}
        onMore={onMore}
        busy={busy}
      />
      <Confirm
        open={rejecting}
        onOpenChange={setRejecting}
        title={text.rejectTitle}
        text={consoleText.shell.selected(ids.length)}
        action={text.rejectIt}
        onConfirm={() => decide("reject", reason.trim() || (text.reasons[0] ?? ""))}
      >
        <Field label={text.reason} hint={text.reasonHint}>
          {(fields) => (
            <input
              {...fields}
              className="input"
              maxLength={2000}
              placeholder={text.reasons[0]}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
      </Confirm>
    </>
  );
}

function columns(): Column<Item>[] {
  const text = consoleText.reviews;
  return [
    {
      key: "question",
      header: text.columns.question,
      wide: true,
      cell: (item) => (
        <button
          type="button"
          className="link-button table-link"
          dir="auto"
          onClick={() => setSearch({ view: null, item: item.id })}
        >
          {item.question}
        </button>
      ),
    },
    {
      key: "better",
      header: text.columns.better,
      wide: true,
      cell: (item) => (
        <span dir="auto" className="clamped">
          {item.correction || <span className="quiet-text">{text.noCorrection}</span>}
        </span>
      ),
    },
    {
      key: "said",
      header: text.columns.said,
      cell: (item) => text.raters(new Set(item.feedback.map((each) => each.rater)).size),
    },
    {
      key: "why",
      header: text.columns.why,
      wide: true,
      cell: (item) => (
        <>
          <span className="quiet-text">{item.why}</span>{" "}
          {item.flags.map((flag) => (
            <Badge key={flag} tone="warn">
              {text.flagNames[flag] ?? flag}
            </Badge>
          ))}
        </>
      ),
    },
    { key: "state", header: text.columns.state, cell: (item) => <Badge>{text.states[item.state]}</Badge> },
  ];
}
