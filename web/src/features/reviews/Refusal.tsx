import { useQuery } from "@tanstack/react-query";
import type { ApiError } from "../../shared/api";
import { consoleText } from "../../shared/messages/console/text";
import { Icon } from "../../shared/ui/Icon";
import { nameOf, type Names } from "./names";
import type { Item, Wanted } from "./types";
import { useDecisions } from "./useQueue";

interface Props {
  bot: string;
  item: Item;
  names: Names;
  error: ApiError;
  wanted: Wanted;
  onDecide: (wanted: Wanted) => void;
  onEdit: () => void;
  onNext: () => void;
}

/** Why a decision was not carried out, and what can be done now. */
export function Refusal({ bot, item, names, error, wanted, onDecide, onEdit, onNext }: Props) {
  const text = consoleText.reviews;
  const late = error.code === "stale_review" || error.code === "decided";
  const taken = error.code === "question_taken";
  const decisions = useDecisions(bot);
  const now = useQuery({
    queryKey: ["console", bot, "review-now", item.id, error],
    queryFn: () => decisions.read(item.id),
    enabled: late,
    retry: false,
  });
  const title = late ? text.conflict : taken ? text.takenTitle : text.refusedPlan;
  const hints: Record<string, string> = { problems: text.problemsHint, approval: text.approvalHint };
  return (
    <div className="error-note" role="alert">
      <Icon name="alert" />
      <div>
        <b>{title}</b>
        {late && now.data ? (
          <p>{text.conflictText(text.states[now.data.state], nameOf(now.data.by, names))}</p>
        ) : (
          <p>
            {error.message} {hints[error.code ?? ""]}
          </p>
        )}
      </div>
      <div className="error-actions">
        {late && (
          <>
            <button type="button" className="button" onClick={() => void decisions.anew()}>
              {text.showNow}
            </button>
            <button type="button" className="button quiet" onClick={onNext}>
              {text.goOn}
            </button>
          </>
        )}
        {taken && (
          <>
            <button type="button" className="button" onClick={() => onDecide({ ...wanted, replace: true })}>
              {text.replace}
            </button>
            {wanted.action !== "curate" && (
              <button type="button" className="button quiet" onClick={() => onDecide({ ...wanted, curate: false })}>
                {text.withoutCurated}
              </button>
            )}
          </>
        )}
        {(error.code === "problems" || error.status === 400) && (
          <button type="button" className="button" onClick={onEdit}>
            {text.actions.edit}
          </button>
        )}
      </div>
    </div>
  );
}
