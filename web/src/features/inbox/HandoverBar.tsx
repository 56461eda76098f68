import { useState } from "react";
import { messageOf } from "../../shared/api";
import { Confirm } from "../../shared/console/Confirm";
import { Switch } from "../../shared/console/Field";
import { ago } from "../../shared/console/format";
import { toast } from "../../shared/console/toast";
import type { WholeTalk } from "../../shared/console/talk/tree";
import { consoleText } from "../../shared/messages/console/text";
import type { Desk, Handover } from "./useInbox";

/** Whose conversation it is, why a person is wanted, and what can be done about it. */
export function HandoverBar({ talk, desk }: { talk: WholeTalk; desk: Desk }) {
  const [asked, setAsked] = useState<"from" | "back" | null>(null);
  const [answer, setAnswer] = useState(true);
  const words = consoleText.inbox;
  const handover = talk.handover;
  const other = handover?.state === "taken" && !handover.mine;
  const unanswered = talk.tree.at(-1)?.role === "user";
  const name = handover?.name || words.colleague;

  const take = () => desk.take.mutateAsync(other ? handover.taken_by : "").then(() => toast(words.taken));
  const end = (how: "handed_back" | "closed") =>
    desk.end
      .mutateAsync({ how, answer: how === "handed_back" && unanswered && answer })
      .then(() => toast(how === "closed" ? words.closed : words.handedBack));
  const saying = (done: Promise<unknown>) =>
    void done.catch((error: unknown) => toast(messageOf(error), { bad: true }));

  return (
    <header className="inbox-head">
      <div>
        <h2>{talk.title || consoleText.conversations.untitled}</h2>
        <p className="quiet">
          {talk.visitor} · {talk.channel} · {consoleText.conversations.opened(ago(talk.created_at))}
        </p>
        <p className="inbox-why">{sentence(handover)}</p>
      </div>
      <div className="row">
        {handover?.mine ? (
          <button type="button" className="button primary" onClick={() => setAsked("back")}>
            {words.handBack}
          </button>
        ) : (
          <button
            type="button"
            className="button primary"
            disabled={desk.take.isPending}
            onClick={() => (other ? setAsked("from") : saying(take()))}
          >
            {other ? words.takeFrom : words.take}
          </button>
        )}
        {handover && !other && (
          <button type="button" className="button" disabled={desk.end.isPending} onClick={() => saying(end("closed"))}>
            {words.close}
          </button>
        )}
      </div>
      <Confirm
        open={asked === "from"}
        onOpenChange={(open) => setAsked(open ? "from" : null)}
        title={words.takeFromTitle}
        text={words.takeFromText(name)}
        action={words.takeFrom}
        onConfirm={take}
      />
      <Confirm
        open={asked === "back"}
        onOpenChange={(open) => setAsked(open ? "back" : null)}
        title={words.handBackTitle}
        text={words.handBackText}
        action={words.handBack}
        onConfirm={() => end("handed_back")}
      >
        {unanswered && <Switch label={words.answerNow} checked={answer} onChange={setAnswer} />}
      </Confirm>
    </header>
  );
}

function sentence(handover: Handover | null): string {
  const words = consoleText.inbox;
  if (handover === null) return words.botAnswers;
  const why = words.reasons[handover.reason];
  if (handover.state === "wanted") return `${why} ${words.stillAnswers}`;
  return `${why} ${handover.mine ? words.mine : `${words.with(handover.name || words.colleague)}.`}`;
}
