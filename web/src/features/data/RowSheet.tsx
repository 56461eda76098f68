import { useQuery } from "@tanstack/react-query";
import { Loaded } from "../../shared/console/Loaded";
import { Sheet } from "../../shared/console/Sheet";
import { consoleText } from "../../shared/messages/console/text";
import { Talk } from "./Talk";
import { data, keys } from "./useData";

interface Props {
  bot: string;
  dataset: string;
  id: string | null;
  onClose: () => void;
}

/** A conversation of a dataset as it is trained on. */
export function RowSheet({ bot, dataset, id, onClose }: Props) {
  const texts = consoleText.data.row;
  const query = useQuery({
    queryKey: [...keys.all(bot), "row", dataset, id],
    enabled: id !== null,
    queryFn: ({ signal }) => data.row(bot, dataset, id ?? "", signal),
  });
  return (
    <Sheet open={id !== null} onOpenChange={(open) => !open && onClose()} title={texts.title}>
      <Loaded query={query}>
        {(row) => (
          <div className="stack">
            <p className="quiet-text break">
              {texts.about(row.source, row.position, consoleText.data.splits[row.split as "train"])}
            </p>
            <Talk messages={row.messages} />
          </div>
        )}
      </Loaded>
    </Sheet>
  );
}
