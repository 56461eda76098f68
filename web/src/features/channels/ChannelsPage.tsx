import { useQuery } from "@tanstack/react-query";
import { call, client } from "../../shared/api";
import { Loaded } from "../../shared/console/Loaded";
import { Page } from "../../shared/console/Page";
import { consoleText } from "../../shared/messages/console/text";
import "../../shared/styles/care.css";
import { ChannelCard } from "./ChannelCard";

/** Shows the channels that the server names: one that is added there needs only its words here. */
export function ChannelsPage({ bot }: { bot: string }) {
  const text = consoleText.channels;
  const query = useQuery({
    queryKey: ["channels", bot],
    queryFn: ({ signal }) => call(client.GET("/api/console/channels", { params: { query: { bot } }, signal })),
    refetchInterval: 20_000,
  });
  return (
    <Page title={text.title} about={text.about}>
      <Loaded query={query}>
        {(data) => (
          <div className="stack">
            {data.channels.map((channel) => (
              <ChannelCard key={channel.kind} bot={bot} channel={channel} />
            ))}
          </div>
        )}
      </Loaded>
    </Page>
  );
}
