import { dateTime } from "../../shared/console/format";
import { Link } from "../../shared/console/Link";
import { Loaded } from "../../shared/console/Loaded";
import { Transcript } from "../../shared/console/talk/Transcript";
import { useSearch } from "../../shared/location";
import { consoleText } from "../../shared/messages/console/text";
import { useWhole } from "./useTalks";

/** One conversation, whole. */
export function OneTalk({ bot, id }: { bot: string; id: string }) {
  const query = useWhole(bot, id);
  const asked = useSearch().get("bot");
  const words = consoleText.conversations;
  return (
    <Loaded query={query}>
      {(talk) => (
        <div className="stack">
          <div>
            <h3 className="talk-title">{talk.title || words.untitled}</h3>
            <p className="quiet">
              {[talk.visitor, talk.channel, talk.language, words.opened(dateTime(talk.created_at))]
                .filter(Boolean)
                .join(" · ")}
            </p>
          </div>
          <Transcript tree={talk.tree} />
          <p>
            <Link
              className="button"
              to={`/console/inbox/${encodeURIComponent(id)}${asked ? `?bot=${encodeURIComponent(asked)}` : ""}`}
            >
              {talk.handover ? words.inInbox : words.takeOver}
            </Link>
          </p>
        </div>
      )}
    </Loaded>
  );
}
