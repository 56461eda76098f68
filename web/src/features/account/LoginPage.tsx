import { text } from "../../shared/messages/text";
import { isConsole, NEW_CONVERSATION } from "../../shared/paths";
import { Mark } from "../../shared/ui/Mark";
import { LoginForm } from "./LoginForm";

/** Where somebody is after the login: at the page of the console that they asked for, or in the chat. */
const wanted = (): string => (isConsole(window.location.pathname) ? window.location.pathname : NEW_CONVERSATION);

/** The whole page, for who is not logged in. */
export function LoginPage() {
  return (
    <main className="full-page">
      {/* From the start: nothing of whoever was here before stays on the page. */}
      <LoginForm canBeFirst onDone={() => window.location.assign(wanted())}>
        {(first) => (
          <>
            <Mark size={40} />
            <h1>{first ? text.account.firstTitle : text.account.title}</h1>
          </>
        )}
      </LoginForm>
    </main>
  );
}
