import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { messageOf } from "../../shared/api";
import type { Testing } from "../../shared/api-types";
import { day } from "../../shared/console/format";
import { text } from "../../shared/messages/text";
import { ownApi } from "../../shared/own-api";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { Icon } from "../../shared/ui/Icon";

const TASKS = ["staging"];

/** What an invited tester is asked to try with a candidate. */
export function TesterTasks() {
  const found = useQuery({ queryKey: TASKS, queryFn: ({ signal }) => ownApi.tasks(signal), staleTime: 60_000 });
  const leaving = useMutation({
    mutationFn: () => ownApi.leaveTest(),
    onSuccess: () => window.location.assign("/"), // another person's conversations from here on
  });
  const { data } = found;
  if (!data) return found.isError ? <ErrorPanel message={messageOf(found.error)} /> : null;
  const done = data.tasks.filter((task) => task.done).length;
  const all = data.tasks.length;
  return (
    <details className="tester">
      <summary>
        <Icon name="right" size={14} />
        {text.tasks.title}
        {all > 0 && <span>{done === all ? text.tasks.thanks : text.tasks.done(done, all)}</span>}
      </summary>
      <ol>
        {data.tasks.map((task) => (
          <TaskItem key={task.number} task={task} />
        ))}
      </ol>
      <div className="form-actions">
        <p>{text.tasks.until(day(data.expires_at))}</p>
        <button
          type="button"
          className="button"
          title={text.tasks.leaveText}
          disabled={leaving.isPending}
          onClick={() => leaving.mutate()}
        >
          {text.tasks.leave}
        </button>
      </div>
      {leaving.isError && <ErrorPanel message={messageOf(leaving.error)} />}
    </details>
  );
}

function TaskItem({ task }: { task: Testing["tasks"][number] }) {
  const client = useQueryClient();
  const id = useId();
  const [note, setNote] = useState(task.note);
  const ticking = useMutation({
    mutationFn: (done: boolean) => ownApi.tick(task.number, done, done ? note.trim() : ""),
    onSuccess: (testing) => client.setQueryData<Testing>(TASKS, testing),
  });
  return (
    <li>
      <input
        id={id}
        type="checkbox"
        checked={ticking.isPending ? ticking.variables : task.done}
        onChange={(event) => ticking.mutate(event.target.checked)}
      />
      <label htmlFor={id} dir="auto">
        {task.text}
      </label>
      {task.done && (
        <input
          className="note-input"
          value={note}
          maxLength={2000}
          aria-label={text.tasks.note(task.text)}
          placeholder={text.tasks.notePlaceholder}
          onChange={(event) => setNote(event.target.value)}
          onBlur={() => note.trim() !== task.note && ticking.mutate(true)}
        />
      )}
      {ticking.isError && <ErrorPanel message={messageOf(ticking.error)} />}
    </li>
  );
}
