import { useId, useState, type ReactNode, type SyntheticEvent } from "react";
import { api, messageOf } from "../../shared/api";
import type { Session } from "../../shared/api-types";
import { text } from "../../shared/messages/text";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";

interface Props {
  /** Stands above the fields. */
  children: (first: boolean) => ReactNode;
  /** Whether there may be no owner yet. */
  canBeFirst: boolean;
  onDone: (session: Session) => void;
}

/** The owner's token, where the address that the server printed brings it: behind "#", which no server is sent. */
const invitation = (): string => new URLSearchParams(window.location.hash.slice(1)).get("owner") ?? "";

/** Asks for a name and a password; or makes the first owner's account with the token that the server printed. */
export function LoginForm({ children, canBeFirst, onDone }: Props) {
  const [invited] = useState(canBeFirst ? invitation : "");
  const [first, setFirst] = useState(invited !== "");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");

  async function submit(event: SyntheticEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const value = (name: string): string => String(given.get(name) ?? "");
    setBusy(true);
    setError("");
    try {
      if (first) onDone(await api.claim(value("token").trim(), value("username"), value("password")));
      else onDone(await api.login(value("username"), value("password")));
    } catch (problem) {
      setError(messageOf(problem));
      setBusy(false);
    }
  }

  return (
    <form className="login" onSubmit={(event) => void submit(event)}>
      {children(first)}
      {first && (
        <Field label={text.account.token}>
          {(id) => (
            <input
              id={id}
              name="token"
              required
              autoComplete="one-time-code"
              spellCheck={false}
              defaultValue={invited}
            />
          )}
        </Field>
      )}
      <Field label={text.account.name}>
        {(id) => <input id={id} name="username" required autoComplete="username" autoCapitalize="none" />}
      </Field>
      <Field label={first ? text.account.newPassword : text.account.password}>
        {(id) => (
          <input
            id={id}
            name="password"
            type="password"
            required
            minLength={first ? 12 : undefined}
            autoComplete={first ? "new-password" : "current-password"}
          />
        )}
      </Field>
      {error && <ErrorPanel message={error} />}
      <button type="submit" className="button primary" disabled={busy}>
        {first ? text.account.make : text.account.logIn}
      </button>
      {canBeFirst && (
        <button type="button" className="link-button" onClick={() => setFirst(!first)}>
          {first ? text.account.toLogin : text.account.toFirst}
        </button>
      )}
    </form>
  );
}

function Field({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <>
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </>
  );
}
