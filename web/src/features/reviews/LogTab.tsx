import { useInfiniteQuery } from "@tanstack/react-query";
import { call, client } from "../../shared/api";
import { DataTable } from "../../shared/console/DataTable";
import { EmptyState } from "../../shared/console/EmptyState";
import { Loaded } from "../../shared/console/Loaded";
import { dateTime } from "../../shared/console/format";
import { navigate, useSearch } from "../../shared/location";
import { consoleText } from "../../shared/messages/console/text";
import { nameOf, useNames } from "./names";

const PAGE = 50;

/** Who decided what. */
export function LogTab({ bot }: { bot: string }) {
  const text = consoleText.reviews;
  const names = useNames(bot);
  const asked = useSearch().get("bot");
  const query = useInfiniteQuery({
    queryKey: ["console", bot, "reviews", "log"],
    queryFn: ({ pageParam, signal }) =>
      call(client.GET("/api/reviews/log", { params: { query: { bot, before: pageParam, limit: PAGE } }, signal })),
    initialPageParam: "",
    getNextPageParam: (last) => (last.steps.length === PAGE ? last.steps[PAGE - 1]?.id : undefined),
  });
  const steps = query.data?.pages.flatMap((page) => page.steps) ?? [];
  const open = (id: string): void => {
    const search = new URLSearchParams({ state: "all", item: id, ...(asked ? { bot: asked } : {}) });
    navigate(`/console/reviews?${search.toString()}`);
  };
  return (
    <>
      <p className="page-about">{text.logAbout}</p>
      <Loaded query={query}>
        {() => (
          <DataTable
            caption={text.logTable}
            rows={steps}
            rowKey={(step) => step.id}
            empty={<EmptyState title={text.logEmptyTitle} text={text.logEmptyText} />}
            onMore={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
            busy={query.isFetching}
            columns={[
              { key: "when", header: text.when, cell: (step) => dateTime(step.at) },
              { key: "who", header: text.who, cell: (step) => nameOf(step.by, names) },
              { key: "what", header: text.what, cell: (step) => text.steps[step.action] ?? step.action },
              { key: "why", header: text.why, wide: true, cell: (step) => <span dir="auto">{step.reason}</span> },
              {
                key: "open",
                header: <span className="visually-hidden">{text.open}</span>,
                cell: (step) => (
                  <button type="button" className="link-button" onClick={() => open(step.review_id)}>
                    {text.open}
                  </button>
                ),
              },
            ]}
          />
        )}
      </Loaded>
    </>
  );
}
