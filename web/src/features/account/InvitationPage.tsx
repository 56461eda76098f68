import { useQuery } from "@tanstack/react-query";
import { useId, useState, type SyntheticEvent } from "react";
import { call, client, messageOf } from "../../shared/api";
import { text } from "../../shared/messages/text";
import { CONSOLE, NEW_CONVERSATION } from "../../shared/paths";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { Mark } from "../../shared/ui/Mark";

/** What a one-time link opens: whoever has it makes an account, with a password of their own. */
export function InvitationPage() {
  const [token] = useState(() => decodeURIComponent(window.location.hash.slice(1)));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const id = useId();
  const invited = useQuery({
    queryKey: ["invitation", token],
    queryFn: ({ signal }) => call(client.POST("/api/invitation", { body: { token }, signal })),
    retry: false,
    staleTime: Infinity,
  });

  async function submit(event: SyntheticEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const value = (name: string): string => String(given.get(name) ?? "");
    setBusy(true);
    setError("");
    try {
      const body = { token, name: value("username"), password: value("password") };
      const made = await call(client.POST("/api/invitation/account", { body }));
      window.location.assign(made.scopes.includes("review") ? CONSOLE : NEW_CONVERSATION);
    } catch (problem) {
      setError(messageOf(problem));
      setBusy(false);
    }
  }

  if (!invited.data)
    return (
      <main className="full-page">
        {invited.isError ? (
          <ErrorPanel
            title={text.account.invitationBad}
            message={messageOf(invited.error)}
            onRetry={() => window.location.assign(NEW_CONVERSATION)}
            retryLabel={text.account.toChat}
          />
        ) : (
          <div className="starting" role="status">
            <Mark size={48} />
            <span className="visually-hidden">{text.app.loading}</span>
          </div>
        )}
      </main>
    );
  return (
    <main className="full-page">
      <form className="login" onSubmit={(event) => void submit(event)}>
        <Mark size={40} />
        <h1>{text.account.invitationTitle(invited.data.bot)}</h1>
        <p>{text.account.invitationText(text.account.roles[invited.data.role])}</p>
        <label htmlFor={`${id}-name`}>{text.account.name}</label>
        <input id={`${id}-name`} name="username" required autoComplete="username" autoCapitalize="none" />
        <label htmlFor={`${id}-password`}>{text.account.newPassword}</label>
        <input
          id={`${id}-password`}
          name="password"
          type="password"
          required
          minLength={12}
          autoComplete="new-password"
        />
        {error && <ErrorPanel message={error} />}
        <button type="submit" className="button primary" disabled={busy}>
          {text.account.make}
        </button>
      </form>
    </main>
  );
}
