import { useQueryClient } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { messageOf } from "../../shared/api";
import { Field } from "../../shared/console/Field";
import { Sheet } from "../../shared/console/Sheet";
import { consoleText } from "../../shared/messages/console/text";
import { CopyButton } from "../../shared/ui/CopyButton";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { api } from "./api";

interface Props {
  bot: string;
  id: string;
  open: boolean;
  onClose: () => void;
}

/** Makes a link for testers, and shows it once. */
export function Invite({ bot, id, open, onClose }: Props) {
  const words = consoleText.releases;
  const queries = useQueryClient();
  const [days, setDays] = useState("7");
  const [tasks, setTasks] = useState("");
  const [link, setLink] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);

  async function make(event: SyntheticEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    setError(null);
    try {
      const lines = tasks.split("\n").filter((line) => line.trim() !== "");
      const made = await api.invite(bot, id, Number(days), lines);
      setLink(window.location.origin + made.path);
      await queries.invalidateQueries({ queryKey: ["links", bot] });
    } catch (problem) {
      setError(messageOf(problem));
    }
  }

  function change(next: boolean): void {
    if (next) return;
    setLink(null);
    onClose();
  }

  return (
    <Sheet open={open} onOpenChange={change} title={words.inviteTitle} about={words.inviteAbout}>
      {link ? (
        <div className="stack">
          <p>{words.linkOnce}</p>
          <Field label={words.linkLabel}>{(ids) => <input className="input" readOnly value={link} {...ids} />}</Field>
          <CopyButton value={link} />
        </div>
      ) : (
        <form className="stack" onSubmit={(event) => void make(event)}>
          <Field label={words.inviteDays}>
            {(ids) => (
              <input
                className="input"
                type="number"
                min="0.01"
                max="90"
                step="any"
                required
                value={days}
                onChange={(event) => setDays(event.target.value)}
                {...ids}
              />
            )}
          </Field>
          <Field label={words.tasks}>
            {(ids) => (
              <textarea className="input" value={tasks} onChange={(event) => setTasks(event.target.value)} {...ids} />
            )}
          </Field>
          {error && <ErrorPanel message={error} />}
          <button type="submit" className="button primary">
            {words.make}
          </button>
        </form>
      )}
    </Sheet>
  );
}
