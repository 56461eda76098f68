import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, call, client, messageOf } from "../../shared/api";
import { Field } from "../../shared/console/Field";
import { Sheet } from "../../shared/console/Sheet";
import { toast } from "../../shared/console/toast";
import { before, type TeamMessage } from "../../shared/console/talk/tree";
import { consoleText } from "../../shared/messages/console/text";
import { keys } from "../../shared/queries";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";

interface Props {
  tree: readonly TeamMessage[];
  /** What a person said; null: nothing is taught. */
  message: TeamMessage | null;
  onClose: () => void;
}

/** Makes what a person said an answer of the bot: at once where one may, else as a correction for the review. */
export function Teach({ tree, message, onClose }: Props) {
  const session = useQuery({ queryKey: keys.session, queryFn: ({ signal }) => api.session(signal) });
  const curates = session.data?.scopes.includes("curate") ?? false;
  const about = message ? before(tree, message) : null;
  const words = consoleText.inbox;
  return (
    <Sheet
      open={message !== null}
      onOpenChange={(open) => !open && onClose()}
      title={curates ? words.curateTitle : words.suggestTitle}
      about={curates ? words.curateAbout : words.suggestAbout}
    >
      {message && about && (
        <Form
          question={about.question}
          answer={message.content}
          reply={about.reply}
          curates={curates}
          onDone={onClose}
        />
      )}
    </Sheet>
  );
}

interface FormProps {
  question: string;
  answer: string;
  reply: string | null;
  curates: boolean;
  onDone: () => void;
}

function Form({ question, answer, reply, curates, onDone }: FormProps) {
  const [asked, setAsked] = useState(question);
  const [said, setSaid] = useState(answer);
  const [error, setError] = useState<string | null>(null);
  const words = consoleText.inbox;

  async function save(): Promise<void> {
    setError(null);
    try {
      if (curates)
        await call(client.POST("/api/curated/answers", { body: { text: said, questions: [asked], id: "" } }));
      else if (reply)
        await call(
          client.PUT("/api/messages/{id}/feedback", {
            params: { path: { id: reply } },
            body: { thumb: "down", comment: "", correction: said },
          }),
        );
      toast(curates ? words.curated : words.suggested);
      onDone();
    } catch (problem) {
      setError(messageOf(problem));
    }
  }

  if (!curates && reply === null) return <p>{words.noReply}</p>;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field label={words.question}>
        {(ids) => (
          <textarea
            className="input"
            rows={3}
            value={asked}
            readOnly={!curates}
            onChange={(event) => setAsked(event.target.value)}
            {...ids}
          />
        )}
      </Field>
      <Field label={words.text}>
        {(ids) => (
          <textarea
            className="input"
            rows={8}
            value={said}
            onChange={(event) => setSaid(event.target.value)}
            {...ids}
          />
        )}
      </Field>
      {error && <ErrorPanel message={error} />}
      <div className="form-actions end">
        <button type="submit" className="button primary" disabled={!asked.trim() || !said.trim()}>
          {curates ? words.curate : words.suggest}
        </button>
      </div>
    </form>
  );
}
