import type { UseQueryResult } from "@tanstack/react-query";
import { messageOf } from "../../shared/api";
import { Badge } from "../../shared/console/Badge";
import { consoleText } from "../../shared/messages/console/text";
import type { Command } from "./keys";
import type { Plan } from "./types";

interface Props {
  command: Command;
  plan: UseQueryResult<Plan>;
  /** Nobody wrote what is right: this way asks for it first. */
  needsWords?: boolean;
}

/** What a decision will write, before it is done; or why it cannot be. */
export function PlanView({ command, plan, needsWords = false }: Props) {
  const text = consoleText.reviews;
  const about = command in text.abouts ? text.abouts[command as keyof typeof text.abouts] : "";
  const asks = needsWords || command === "edit";
  return (
    <div className="card review-plan" aria-live="polite" aria-busy={plan.isFetching}>
      <h2>{text.planTitle}</h2>
      <p>{about}</p>
      {asks && <p className="quiet-text">{text.asksFirst}</p>}
      {!asks && plan.error && (
        <p className="review-refused">
          {text.refusedPlan} {messageOf(plan.error)}
        </p>
      )}
      {!asks && !plan.error && plan.isLoading && <p className="quiet-text">{text.planning}</p>}
      {!asks && !plan.error && plan.data && command !== "reject" && <Written plan={plan.data} />}
    </div>
  );
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

/** The row, the curated answer and the cases. */
export function Written({ plan }: { plan: Plan }) {
  const text = consoleText.reviews;
  return (
    <ul className="review-written">
      <li>{plan.row.length > 0 ? text.plan.row : text.plan.noRow}</li>
      {plan.curated && (
        <li>
          {text.plan.curated}
          <blockquote dir="auto">
            <b>{plan.curated.question}</b>
            <br />
            {plan.curated.text}
          </blockquote>
          {plan.replaces && (
            <>
              {text.plan.replaces}
              <blockquote dir="auto">{plan.replaces.text}</blockquote>
            </>
          )}
        </li>
      )}
      {plan.cases.length > 0 && (
        <li>
          {text.plan.cases(plan.cases.length)}
          <ul>
            {plan.cases.map((each) => (
              <li key={String(each["id"])} dir="auto">
                “{String(each["question"])}”{" "}
                {each["held_out"] === true && <Badge tone="info">{text.plan.heldOut}</Badge>}
                {each["route"] === "refused" ? (
                  <> — {text.plan.declines}</>
                ) : (
                  <>
                    {list(each["must"]).map((group, index) => (
                      <span key={index}>
                        {" "}
                        — {text.plan.must}: {list(group).map(String).join(" | ")}
                      </span>
                    ))}
                    {list(each["must_not"]).length > 0 && (
                      <span>
                        {" "}
                        — {text.plan.mustNot}: {list(each["must_not"]).map(String).join(", ")}
                      </span>
                    )}
                  </>
                )}
              </li>
            ))}
          </ul>
        </li>
      )}
      {plan.notes.map((note) => (
        <li key={note} className="quiet-text">
          {note}
        </li>
      ))}
    </ul>
  );
}
