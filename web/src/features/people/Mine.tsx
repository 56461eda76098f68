import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { call, client, messageOf } from "../../shared/api";
import { Badge } from "../../shared/console/Badge";
import { Field } from "../../shared/console/Field";
import { Loaded } from "../../shared/console/Loaded";
import { ago, dateTime } from "../../shared/console/format";
import { toast } from "../../shared/console/toast";
import { consoleText } from "../../shared/messages/console/text";
import { keys } from "../../shared/queries";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";

/** One's own logins and password. */
export function Mine() {
  const text = consoleText.people;
  const cache = useQueryClient();
  const query = useQuery({
    queryKey: ["people", "me"],
    queryFn: ({ signal }) => call(client.GET("/api/console/people/me", { signal })),
  });

  async function endOthers(): Promise<void> {
    try {
      const done = await call(client.DELETE("/api/console/people/me/sessions"));
      toast(text.ended(done.sessions));
      await cache.invalidateQueries({ queryKey: ["people"] });
    } catch (error) {
      toast(messageOf(error), { bad: true });
    }
  }

  return (
    <div className="cards">
      <div className="card stack">
        <h3>{text.mineSessions}</h3>
        <Loaded query={query}>
          {(me) => (
            <>
              <ul className="list-plain stack">
                {me.sessions.map((each) => (
                  <li key={each.began_at} className="row">
                    <span>{text.began(dateTime(each.began_at))}</span>
                    <span className="quiet-text">{text.lastUsed(ago(each.seen_at))}</span>
                    {each.current && <Badge tone="info">{text.current}</Badge>}
                  </li>
                ))}
              </ul>
              {me.sessions.length > 1 && (
                <button type="button" className="button" onClick={() => void endOthers()}>
                  {text.endOthers}
                </button>
              )}
            </>
          )}
        </Loaded>
      </div>
      <Password />
    </div>
  );
}

function Password() {
  const text = consoleText.people;
  const cache = useQueryClient();
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);

  async function submit(event: SyntheticEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    setBusy(true);
    setError("");
    try {
      const body = { current: String(given.get("current")), new: String(given.get("new")) };
      await call(client.PUT("/api/password", { body }));
      form.reset();
      // The new login has another token for writes.
      await cache.invalidateQueries({ queryKey: keys.session });
      await cache.invalidateQueries({ queryKey: ["people"] });
      toast(text.passwordChanged);
    } catch (problem) {
      setError(messageOf(problem));
    } finally {
      setBusy(false);
    }
  }

  return (
    <form className="card stack" onSubmit={(event) => void submit(event)}>
      <h3>{text.passwordTitle}</h3>
      <Field label={text.passwordNow}>
        {(ids) => (
          <input className="input" name="current" type="password" required autoComplete="current-password" {...ids} />
        )}
      </Field>
      <Field label={text.passwordNew}>
        {(ids) => (
          <input
            className="input"
            name="new"
            type="password"
            required
            minLength={12}
            autoComplete="new-password"
            {...ids}
          />
        )}
      </Field>
      {error && <ErrorPanel message={error} />}
      <div className="form-actions">
        <button type="submit" className="button" disabled={busy}>
          {text.passwordChange}
        </button>
      </div>
    </form>
  );
}
