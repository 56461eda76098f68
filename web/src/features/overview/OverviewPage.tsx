import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { call, client } from "../../shared/api";
import { Loaded } from "../../shared/console/Loaded";
import { Page, Section } from "../../shared/console/Page";
import { setSearch, useSearch } from "../../shared/location";
import { consoleText } from "../../shared/messages/console/text";
import { Attention } from "./Attention";
import { Charts } from "./Charts";
import { Drift } from "./Drift";
import { Now, Totals } from "./Figures";
import { RANGES, type Overview } from "./series";
import "./overview.css";

type Range = Overview["range"];

/** How often it is asked again: a step of the shown time, at most a minute. */
const EVERY: Record<Range, number> = { hour: 5_000, day: 30_000, month: 60_000 };

export function OverviewPage({ bot }: { bot: string }) {
  const text = consoleText.overview;
  const asked = useSearch().get("range");
  const range = RANGES.find((each) => each === asked) ?? "hour";
  const query = useQuery({
    queryKey: ["overview", bot, range],
    queryFn: ({ signal }) => call(client.GET("/api/console/overview", { params: { query: { bot, range } }, signal })),
    refetchInterval: EVERY[range],
    placeholderData: keepPreviousData,
  });
  return (
    <Page title={text.title} about={text.about} actions={<Ranges range={range} />}>
      <Section title={text.attention}>
        <Attention bot={bot} />
      </Section>
      <Loaded query={query}>
        {(data) => (
          <>
            <Now data={data} />
            <Totals data={data} />
            <Charts data={data} />
            <Section title={text.drift}>
              <Drift drift={data.drift} />
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Ranges({ range }: { range: Range }) {
  const text = consoleText.overview;
  return (
    <div className="segments" role="group" aria-label={text.range}>
      {RANGES.map((each) => (
        <button
          key={each}
          type="button"
          className="segment"
          aria-pressed={each === range}
          onClick={() => setSearch({ range: each === "hour" ? null : each })}
        >
          {text.ranges[each]}
        </button>
      ))}
    </div>
  );
}
