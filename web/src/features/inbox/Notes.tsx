import { useState } from "react";
import { messageOf } from "../../shared/api";
import { Field } from "../../shared/console/Field";
import { ago } from "../../shared/console/format";
import { Section } from "../../shared/console/Page";
import { toast } from "../../shared/console/toast";
import type { WholeTalk } from "../../shared/console/talk/tree";
import { consoleText } from "../../shared/messages/console/text";
import { IconButton } from "../../shared/ui/IconButton";
import type { Desk } from "./useInbox";

/** What the team tells each other about a conversation. */
export function Notes({ notes, desk }: { notes: WholeTalk["notes"]; desk: Desk }) {
  const [text, setText] = useState("");
  const words = consoleText.inbox;
  const failed = (error: unknown) => toast(messageOf(error), { bad: true });

  function add(): void {
    if (!text.trim()) return;
    desk.note.mutate(text, { onSuccess: () => setText(""), onError: failed });
  }

  function remove(note: WholeTalk["notes"][number]): void {
    const undo = () => desk.note.mutateAsync(note.text);
    desk.unnote.mutate(note.id, { onSuccess: () => toast(words.noteTaken, { undo }), onError: failed });
  }

  return (
    <Section title={words.notes}>
      <ul className="notes">
        {notes.map((note) => (
          <li key={note.id}>
            <div>
              <p className="quiet">
                {note.mine ? words.you : note.name || words.colleague} · {ago(note.at)}
              </p>
              <p className="plain">{note.text}</p>
            </div>
            {note.mine && <IconButton icon="trash" label={consoleText.inbox.removeNote} onClick={() => remove(note)} />}
          </li>
        ))}
      </ul>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <Field label={words.note} hint={words.notesHint}>
          {(ids) => (
            <textarea
              className="input short"
              rows={2}
              value={text}
              onChange={(event) => setText(event.target.value)}
              {...ids}
            />
          )}
        </Field>
        <div className="form-actions">
          <button type="submit" className="button" disabled={!text.trim() || desk.note.isPending}>
            {words.addNote}
          </button>
        </div>
      </form>
    </Section>
  );
}
