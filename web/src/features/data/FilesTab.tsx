import { useQuery } from "@tanstack/react-query";
import { Badge } from "../../shared/console/Badge";
import { DataTable } from "../../shared/console/DataTable";
import { EmptyState } from "../../shared/console/EmptyState";
import { ago, bytes } from "../../shared/console/format";
import { Loaded } from "../../shared/console/Loaded";
import { consoleText } from "../../shared/messages/console/text";
import { data, keys } from "./useData";

/** The files that a dataset is made of, with the format that each is read in. */
export function FilesTab({ bot }: { bot: string }) {
  const texts = consoleText.data.files;
  const query = useQuery({
    queryKey: [...keys.all(bot), "files"],
    queryFn: ({ signal }) => data.files(bot, signal),
  });
  return (
    <Loaded query={query}>
      {({ files }) => (
        <>
          <p className="quiet-text">{texts.about}</p>
          <DataTable
            caption={texts.caption}
            rows={files}
            rowKey={(row) => row.name}
            empty={<EmptyState title={texts.none} text={texts.noneText} />}
            columns={[
              {
                key: "name",
                header: texts.file,
                wide: true,
                cell: (row) => (
                  <>
                    <span className="break">{row.name}</span>
                    {row.problem && <p className="field-error">{row.problem}</p>}
                  </>
                ),
              },
              {
                key: "format",
                header: texts.format,
                cell: (row) => (
                  <span className="row">
                    {row.format} {row.said && <Badge>{texts.said}</Badge>}
                    {row.held && <Badge tone="info">{texts.held}</Badge>}
                  </span>
                ),
              },
              { key: "size", header: texts.size, numeric: true, cell: (row) => (row.size ? bytes(row.size) : "") },
              { key: "at", header: texts.at, cell: (row) => <span className="nowrap">{ago(row.at)}</span> },
            ]}
          />
        </>
      )}
    </Loaded>
  );
}
