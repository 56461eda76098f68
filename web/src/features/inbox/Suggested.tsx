import { useMutation } from "@tanstack/react-query";
import { call, client, messageOf } from "../../shared/api";
import { percent } from "../../shared/console/format";
import { consoleText } from "../../shared/messages/console/text";
import { text } from "../../shared/messages/text";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";

interface Props {
  bot: string;
  id: string;
  onUse: (text: string) => void;
}

/** Answers to begin with, made when somebody asks: those that were reviewed, and what the bot would say. */
export function Suggested({ bot, id, onUse }: Props) {
  const at = { params: { path: { id }, query: { bot } } };
  const words = consoleText.inbox;
  const canned = useMutation({ mutationFn: () => call(client.GET("/api/console/inbox/{id}/suggestions", at)) });
  const draft = useMutation({ mutationFn: () => call(client.POST("/api/console/inbox/{id}/draft", at)) });
  const failed = canned.error ?? draft.error;
  return (
    <div className="suggested">
      <div className="row">
        <button type="button" className="button" disabled={canned.isPending} onClick={() => canned.mutate()}>
          {words.suggestions}
        </button>
        <button type="button" className="button" disabled={draft.isPending} onClick={() => draft.mutate()}>
          {words.draft}
        </button>
        {draft.isPending && (
          <span className="quiet" role="status">
            {words.drafting}
          </span>
        )}
      </div>
      {failed && <ErrorPanel message={messageOf(failed)} />}
      {canned.data?.answers.length === 0 && (
        <p className="quiet" role="status">
          {words.suggestionsNone}
        </p>
      )}
      <ul>
        {canned.data?.answers.map((one) => (
          <Offer
            key={one.id}
            about={`${one.question} (${percent(one.likeness)})`}
            text={one.text}
            onUse={() => {
              onUse(one.text);
              canned.reset();
            }}
          />
        ))}
        {draft.data && (
          <Offer
            about={[
              text.routes[draft.data.route].label,
              draft.data.confidence !== null && words.draftSure(percent(draft.data.confidence)),
              draft.data.route === "refused" && words.draftUnsure,
            ]
              .filter(Boolean)
              .join(" · ")}
            text={draft.data.text}
            onUse={() => {
              onUse(draft.data.text);
              draft.reset();
            }}
            onDiscard={() => draft.reset()}
          />
        )}
      </ul>
    </div>
  );
}

interface OfferProps {
  about: string;
  text: string;
  onUse: () => void;
  onDiscard?: () => void;
}

function Offer({ about, text, onUse, onDiscard }: OfferProps) {
  return (
    <li>
      <p className="quiet">{about}</p>
      <p className="plain">{text}</p>
      <div className="row">
        <button type="button" className="button" onClick={onUse}>
          {consoleText.inbox.use}
        </button>
        {onDiscard && (
          <button type="button" className="button quiet" onClick={onDiscard}>
            {consoleText.inbox.discard}
          </button>
        )}
      </div>
    </li>
  );
}
