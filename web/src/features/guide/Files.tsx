import { useQueryClient } from "@tanstack/react-query";
import { messageOf } from "../../shared/api";
import { DataTable } from "../../shared/console/DataTable";
import { bytes } from "../../shared/console/format";
import { toast } from "../../shared/console/toast";
import { consoleText } from "../../shared/messages/console/text";
import { IconButton } from "../../shared/ui/IconButton";
import { api, guideKey, type Guide } from "./api";

/** What is in the bot's folders by now. */
export function Files({ bot, guide }: { bot: string; guide: Guide }) {
  const words = consoleText.guide;
  const queries = useQueryClient();

  async function remove(file: Guide["files"][number]): Promise<void> {
    try {
      queries.setQueryData(guideKey(bot), await api.remove(bot, file));
    } catch (problem) {
      toast(messageOf(problem), { bad: true });
    }
  }

  return (
    <DataTable
      caption={words.files}
      rows={guide.files}
      rowKey={(file) => `${file.part}/${file.name}`}
      columns={[
        { key: "name", header: words.files, wide: true, cell: (file) => file.name },
        { key: "part", header: consoleText.data.title, cell: (file) => words.parts[file.part] },
        {
          key: "size",
          header: consoleText.releases.columns.size,
          numeric: true,
          cell: (file) => bytes(file.bytes),
        },
        {
          key: "remove",
          header: <span className="visually-hidden">{words.change}</span>,
          cell: (file) =>
            guide.promoted ? null : (
              <IconButton icon="close" label={words.remove(file.name)} onClick={() => void remove(file)} />
            ),
        },
      ]}
    />
  );
}
