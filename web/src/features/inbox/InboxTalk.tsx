import { useEffect, useEffectEvent, useRef, useState } from "react";
import { Loaded } from "../../shared/console/Loaded";
import { Transcript } from "../../shared/console/talk/Transcript";
import type { TeamMessage, WholeTalk } from "../../shared/console/talk/tree";
import { consoleText } from "../../shared/messages/console/text";
import { AnswerBox } from "./AnswerBox";
import { HandoverBar } from "./HandoverBar";
import { Happened } from "./Happened";
import { Notes } from "./Notes";
import { Teach } from "./Teach";
import { useDesk, useTalk } from "./useInbox";

interface Props {
  bot: string;
  id: string;
}

/** One conversation, as it goes on; what can be done with it above, the answer below. */
export function InboxTalk({ bot, id }: Props) {
  const query = useTalk(bot, id);
  return <Loaded query={query}>{(talk) => <Talk bot={bot} talk={talk} />}</Loaded>;
}

function Talk({ bot, talk }: { bot: string; talk: WholeTalk }) {
  const desk = useDesk(bot, talk.id);
  const [taught, setTaught] = useState<TeamMessage | null>(null);
  const words = consoleText.inbox;
  const last = talk.tree.at(-1);
  const end = useKeptAtEnd(talk.tree.length);
  const see = useEffectEvent((seq: number) => desk.seen.mutate(seq));
  const seq = last?.seq ?? 0;
  useEffect(() => {
    if (seq > 0 && document.visibilityState === "visible") see(seq);
  }, [seq]);
  const mine = talk.handover?.mine === true;
  return (
    <>
      <HandoverBar talk={talk} desk={desk} />
      <div className="inbox-scroll" tabIndex={0} role="log" aria-label={talk.title || words.list}>
        <Transcript
          tree={talk.tree}
          actions={(message) =>
            message.author !== null && (
              <button type="button" className="link-button" onClick={() => setTaught(message)}>
                {words.curate}
              </button>
            )
          }
        />
        <div ref={end} />
      </div>
      {mine && <AnswerBox bot={bot} id={talk.id} desk={desk} />}
      <div className="inbox-more">
        <Notes notes={talk.notes} desk={desk} />
        <Happened handovers={talk.handovers} />
      </div>
      <Teach tree={talk.tree} message={taught} onClose={() => setTaught(null)} />
    </>
  );
}

/** Shows the newest message when it comes. */
function useKeptAtEnd(count: number) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = end.current?.parentElement;
    if (box) box.scrollTop = box.scrollHeight;
  }, [count]);
  return end;
}
