import { call, client } from "../../shared/api";
import { Link } from "../../shared/console/Link";
import { Loaded } from "../../shared/console/Loaded";
import { percent } from "../../shared/console/format";
import { useLive } from "../../shared/console/useLive";
import { consoleText } from "../../shared/messages/console/text";
import { Icon } from "../../shared/ui/Icon";
import { PAGE_OF } from "./series";

/** What needs somebody, each with the page where it is done. */
export function Attention({ bot }: { bot: string }) {
  const text = consoleText.overview;
  const query = useLive(
    ["attention", bot],
    (signal) => call(client.GET("/api/console/overview/attention", { params: { query: { bot } }, signal })),
    20_000,
  );
  return (
    <Loaded query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="attention-none">
            <Icon name="check" size={18} /> {text.attentionNone}
          </p>
        ) : (
          <ul className="attention">
            {items.map((item) => (
              <li key={item.kind}>
                <Link to={`/console/${PAGE_OF[item.kind]}?bot=${encodeURIComponent(bot)}`}>
                  {text.items[item.kind](item.count, detailOf(item))}
                </Link>
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}

function detailOf({ kind, detail }: { kind: keyof typeof PAGE_OF; detail: string }): string {
  if (kind === "disk") return percent(Number(detail));
  const names: Record<string, string> = consoleText.overview.driftNames;
  return kind === "drift" ? (names[detail] ?? detail) : detail;
}
