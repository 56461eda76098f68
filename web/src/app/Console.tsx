import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { AccountButton } from "../features/account/AccountButton";
import { ThemeMenu } from "../features/appearance/ThemeMenu";
import { LanguageMenu } from "../features/appearance/LanguageMenu";
import { api } from "../shared/api";
import type { Bot, Session } from "../shared/api-types";
import { text } from "../shared/messages/text";
import { keys } from "../shared/queries";

/** Loaded when it is opened: those who only chat never pay for it. */
const ConsoleApp = lazy(async () => {
  // Its words as well: they are more than the chat's whole code.
  const [{ ConsoleApp }, { loadConsoleTexts }] = await Promise.all([
    import("./console/ConsoleApp"),
    import("../shared/messages/console/text"),
  ]);
  await loadConsoleTexts();
  return { default: ConsoleApp };
});

export function Console({ bot, session }: { bot: Bot; session: Session }) {
  const all = useQuery({ queryKey: keys.bots, queryFn: ({ signal }) => api.bots(signal), staleTime: 60_000 });
  return (
    <Suspense fallback={<p role="status">{text.app.loading}</p>}>
      <ConsoleApp
        bot={bot}
        bots={all.data?.bots ?? []}
        session={session}
        footer={
          <>
            <ThemeMenu />
            <LanguageMenu />
            <AccountButton session={session} />
          </>
        }
      />
    </Suspense>
  );
}
