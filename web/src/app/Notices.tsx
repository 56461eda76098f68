import { lazy, Suspense, useSyncExternalStore } from "react";
import { UpdateNotice } from "../features/install/UpdateNotice";
import type { Bot } from "../shared/api-types";
import { connection } from "../shared/connection";
import { text } from "../shared/messages/text";
import { Icon } from "../shared/ui/Icon";

const ConsentBanner = lazy(async () => ({
  default: (await import("../features/mydata/ConsentBanner")).ConsentBanner,
}));
const TesterTasks = lazy(async () => ({ default: (await import("../features/staging/TesterTasks")).TesterTasks }));

interface Props {
  bot: Bot;
  imported: boolean;
  temporary: boolean;
}

/** What somebody should know before they write, above the conversation. */
export function Notices({ bot, imported, temporary }: Props) {
  const reachable = useSyncExternalStore(connection.subscribe, connection.isReachable);
  return (
    <>
      {!reachable && (
        <p className="offline" role="status">
          <Icon name="offline" />
          {text.app.offline}
        </p>
      )}
      <UpdateNotice />
      <Suspense>
        {bot.testing && <TesterTasks />}
        {!temporary && <ConsentBanner />}
      </Suspense>
      {(imported || temporary) && <p className="banner">{imported ? text.own.importedNote : text.temporary.note}</p>}
    </>
  );
}
