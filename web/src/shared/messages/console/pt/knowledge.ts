import { count } from "../../pt/count";
import type { ConsoleTexts } from "../text";

export const knowledge: ConsoleTexts["knowledge"] = {
  title: "Conhecimento",
  about:
    "Os documentos em que o bot se baseia para responder. Uma alteração vale em segundos, e cada uma pode ser desfeita.",
  readNow: "Ler tudo de novo",
  reading: "Lendo…",
  tabs: { documents: "Documentos", addresses: "Endereços", versions: "Versões", search: "Pesquisa de teste" },
  status: {
    counts: (documents: number, passages: number) =>
      `${count(documents, { one: "# documento", many: "# de documentos", other: "# documentos" })}, ${count(passages, { one: "# trecho", many: "# de trechos", other: "# trechos" })}`,
    readAt: (when: string) => `Versão criada: ${when}.`,
    watched: "Os arquivos são lidos quando mudam.",
    unwatched: "Os arquivos são lidos quando alguém pede.",
    everyMinutes: (minutes: number) =>
      count(minutes, {
        one: "Os endereços são lidos a cada # minuto.",
        many: "Os endereços são lidos a cada # de minutos.",
        other: "Os endereços são lidos a cada # minutos.",
      }),
    noClock: "Os endereços são lidos quando alguém pede.",
    readingNow: (what: string) => (what ? `Lendo: ${what}` : "Lendo…"),
    problems: (n: number) =>
      count(n, {
        one: "# não pôde ser lido",
        many: "# não puderam ser lidos",
        other: "# não puderam ser lidos",
      }),
    byMeaning: (done: number, all: number) => `Encontrados também pelo sentido: ${done} de ${all} trechos`,
    failed: (why: string) => `Não lido: ${why}`,
  },
  held: {
    text: "A pesquisa usa uma versão anterior. Documentos alterados depois dela não contam até você avançar.",
    forward: "Avançar para o que existe agora",
    done: "A pesquisa usa o que existe agora.",
  },
  done: {
    nothing: "Nada é diferente.",
    synced: (added: number, changed: number, removed: number) =>
      [
        added
          ? count(added, {
              one: "# documento adicionado",
              many: "# de documentos adicionados",
              other: "# documentos adicionados",
            })
          : "",
        changed
          ? count(changed, {
              one: "# documento alterado",
              many: "# de documentos alterados",
              other: "# documentos alterados",
            })
          : "",
        removed
          ? count(removed, {
              one: "# documento excluído",
              many: "# de documentos excluídos",
              other: "# documentos excluídos",
            })
          : "",
      ]
        .filter(Boolean)
        .join(", ") + ".",
    undone: "Desfeito.",
  },
  documents: {
    caption: "Documentos",
    search: "Pesquisar pelo nome",
    order: "Ordem",
    orders: { name: "Nome", newest: "Mais novos primeiro", passages: "Mais trechos primeiro" },
    trouble: "Só o que precisa de atenção",
    delete: (n: number) =>
      count(n, { one: "Excluir # documento", many: "Excluir # de documentos", other: "Excluir # documentos" }),
    document: "Documento",
    notes: "Notas",
    passages: "Trechos",
    cited: "Respostas em 30 dias",
    size: "Tamanho",
    at: "Alterado",
    marks: (n: number) =>
      count(n, { one: "# ordem a máquinas", many: "# de ordens a máquinas", other: "# ordens a máquinas" }),
    twin: "mesmo conteúdo duas vezes",
    kinds: { file: "Arquivo", page: "Página da web", listed: "Página da web de uma lista" },
    none: "Nenhum documento ainda",
    noneText:
      "Envie o que seus clientes perguntam: horários de atendimento, preços, regras, manuais. Ou adicione um endereço do seu site.",
    noneFit: "Nenhum corresponde",
    noneFitText: "Pesquise outra coisa ou mostre todos.",
    narrow: (total: number) => `São ${total}. Pesquise pelo nome para ver os outros.`,
  },
  upload: {
    open: "Enviar documentos",
    about: "Eles são lidos na hora. Nada muda para o bot antes de você ver o efeito.",
    dropHere: "Solte os arquivos aqui",
    choose: "Escolher arquivos",
    limits: (endings: string, largest: string) => `${endings}, até ${largest} cada`,
    tooLarge: "Este arquivo é grande demais. Divida-o e tente de novo.",
    wrongKind: (endings: string) => `Arquivos deste tipo não são lidos. Use um destes: ${endings}.`,
    leaveOut: (name: string) => `Deixar ${name} de fora`,
    progress: (name: string) => `Enviando ${name}`,
    read: (passages: number, size: string) =>
      `${count(passages, { one: "# trecho", many: "# de trechos", other: "# trechos" })}, ${size}`,
    same: "já existe, sem alteração",
    replaces: "substitui o que tem este nome",
    marks: (n: number) =>
      count(n, { one: "# ordem a máquinas", many: "# de ordens a máquinas", other: "# ordens a máquinas" }),
    look: "Mostrar o efeito",
    looking: "Verificando…",
    take: (n: number) =>
      count(n, { one: "Incluir # documento", many: "Incluir # de documentos", other: "Incluir # documentos" }),
  },
  difference: {
    kinds: { added: "novo", changed: "alterado", removed: "excluído", same: "como antes" },
    passages: (added: number, changed: number, gone: number, same: number) =>
      `Trechos: ${
        [
          added ? count(added, { one: "# novo", many: "# novos", other: "# novos" }) : "",
          changed ? count(changed, { one: "# alterado", many: "# alterados", other: "# alterados" }) : "",
          gone ? count(gone, { one: "# a menos", many: "# a menos", other: "# a menos" }) : "",
          same ? count(same, { one: "# como antes", many: "# como antes", other: "# como antes" }) : "",
        ]
          .filter(Boolean)
          .join(", ") || "nenhum"
      }.`,
    twin: (name: string) => `Tem o mesmo conteúdo que ${name} e é guardado uma só vez.`,
    cited: (n: number) =>
      count(n, {
        one: "# resposta dos últimos 30 dias se baseia nele.",
        many: "# de respostas dos últimos 30 dias se baseiam nele.",
        other: "# respostas dos últimos 30 dias se baseiam nele.",
      }),
    morePassages: (n: number) =>
      count(n, { one: "E mais # trecho.", many: "E mais # de trechos.", other: "E mais # trechos." }),
  },
  plan: {
    stale: (names: readonly string[]) =>
      `Enquanto isso, outra pessoa alterou ${names.join(", ")}. Abaixo está a diferença em relação à versão dela, que seria substituída.`,
    elsewhere:
      "Estes também ficariam diferentes, porque a pasta foi alterada em outro lugar ou a pesquisa usa uma versão anterior:",
    cases: "Casos de teste",
    tooMany: "Há coisas demais para testá-los antes. Eles são verificados de novo depois da alteração.",
    noCases: "Ainda não há nenhum. Correções revisadas se tornam casos de teste.",
    noneMoved: (n: number) =>
      count(n, {
        one: "O único que há (#) encontra o mesmo trecho.",
        many: "Todos (#) encontram os mesmos trechos que antes.",
        other: "Todos os # encontram os mesmos trechos que antes.",
      }),
    moved: (n: number, all: number) =>
      `${count(n, {
        one: `# de ${all} encontraria outro trecho primeiro`,
        many: `# de ${all} encontrariam outro trecho primeiro`,
        other: `# de ${all} encontrariam outro trecho primeiro`,
      })}:`,
    before: "Antes:",
    after: "Depois:",
    nothing: "nada que corresponda",
  },
  remove: {
    title: (n: number) =>
      count(n, { one: "Excluir # documento?", many: "Excluir # de documentos?", other: "Excluir # documentos?" }),
    text: "O bot deixa de usá-lo para responder na mesma hora, e ele some também das versões anteriores. Você pode desfazer isso nesta página.",
    action: "Excluir",
    wait: "Espere até ficar claro o que se baseia nele.",
    passages: (n: number) => count(n, { one: "# trecho", many: "# de trechos", other: "# trechos" }),
    cited: (n: number) =>
      count(n, {
        one: "# resposta dos últimos 30 dias se baseia nisto.",
        many: "# de respostas dos últimos 30 dias se baseiam nisto.",
        other: "# respostas dos últimos 30 dias se baseiam nisto.",
      }),
    notCited: "Nenhuma resposta dos últimos 30 dias se baseia nisto.",
    cases: (n: number) =>
      count(n, {
        one: "# caso de teste encontraria outra coisa:",
        many: "# de casos de teste encontrariam outra coisa:",
        other: "# casos de teste encontrariam outra coisa:",
      }),
    final: "Para sempre",
    finalHint: "Nenhuma cópia é guardada: não pode ser desfeito. Para documentos que nunca deveriam ter estado aqui.",
  },
  view: {
    edit: "Editar o texto",
    delete: "Excluir",
    passages: (n: number) => count(n, { one: "# trecho", many: "# de trechos", other: "# trechos" }),
    page: (n: number) => `página ${n}`,
    place: (start: number, end: number) => `caracteres ${start} a ${end}`,
    order: (text: string) => `Fala com máquinas: “${text}”`,
    changed: (when: string) => `alterado: ${when}`,
    characters: (n: string) => `${n} caracteres`,
    cited: (n: number) =>
      count(n, {
        one: "# resposta em 30 dias",
        many: "# de respostas em 30 dias",
        other: "# respostas em 30 dias",
      }),
    twin: (name: string) => `Tem o mesmo conteúdo que ${name} e é guardado uma só vez.`,
    label: (label: string) => `Para quem tem o rótulo ${label}.`,
    marks: "Algo nele dá ordens a máquinas. É mostrado ao modelo como citação; é melhor tirar.",
  },
  edit: {
    label: (name: string) => `Texto de ${name}`,
    look: "Mostrar o efeito",
    replaceTheirs: "Substituir a versão da outra pessoa pela minha",
  },
  addresses: {
    about: "Páginas, sitemaps e feeds que são buscados. Nada mais da web é.",
    caption: "Endereços",
    label: "Endereço de uma página, um sitemap ou um feed",
    hint: "Ele é verificado primeiro: você fica sabendo o que há lá ou por que não pode ser lido.",
    add: "Adicionar",
    looking: "Verificando…",
    addedPage: (title: string) => `${title}: adicionada, a leitura começou.`,
    addedList: (n: number) =>
      count(n, {
        one: "Uma lista de # página foi adicionada, e a leitura começou.",
        many: "Uma lista de # de páginas foi adicionada, e a leitura começou.",
        other: "Uma lista de # páginas foi adicionada, e a leitura começou.",
      }),
    address: "Endereço",
    pages: "Documentos",
    fixed: "no bot.toml",
    remove: "Remover",
    removeOne: (url: string) => `Remover ${url}`,
    removed: "O endereço foi removido, assim como o que foi lido dele.",
    none: "Nenhum endereço",
    noneText: "Adicione a página com seus horários de atendimento ou o sitemap do seu site.",
    rules: (pages: number) =>
      `Só hosts públicos, por http e https. No máximo ${pages} páginas de uma lista, dos hosts que você indicou; o robots.txt é respeitado.`,
  },
  versions: {
    about:
      "Cada alteração cria uma versão. Voltar a uma faz a pesquisa usá-la de novo; o que foi excluído depois dela não retorna.",
    caption: "Versões",
    made: "Versão",
    current: "em uso agora",
    documents: "Documentos",
    lacking: "Excluídos depois",
    actions: "O que fazer com ela",
    whatChanged: "O que ela mudou",
    toNow: "Dela até agora",
    goBack: "Voltar a ela",
    goBackTitle: "Usar esta versão de novo?",
    goBackText: (when: string, lacking: number) =>
      `O bot responde com base nos documentos dessa versão (${when}) até alguém avançar. Os arquivos não são alterados.${
        lacking
          ? ` ${count(lacking, {
              one: "# documento excluído depois continua de fora.",
              many: "# de documentos excluídos depois continuam de fora.",
              other: "# documentos excluídos depois continuam de fora.",
            })}`
          : ""
      }`,
    rolledBack: "A pesquisa usa uma versão anterior agora.",
    none: "Nenhuma versão ainda",
    noneText: "O primeiro documento cria a primeira versão.",
    edits: "Alterações feitas nesta página",
    fromTo: (before: string, after: string) => `De ${before} a ${after}`,
    nothing: "Nenhuma diferença.",
    moreDocuments: (n: number) =>
      count(n, { one: "E mais # documento.", many: "E mais # de documentos.", other: "E mais # documentos." }),
  },
  edits: {
    none: "Nenhuma ainda. O que é alterado na própria pasta também cria versões.",
    tookBack: "Desfeito:",
    added: (name: string) => `${name} adicionado`,
    changed: (name: string) => `${name} alterado`,
    deleted: (name: string) => `${name} excluído`,
    by: (who: string, when: string) => `${who}, ${when}`,
    undone: "desfeita",
    final: "para sempre",
  },
  search: {
    label: "Uma pergunta, como alguém a faria",
    placeholder: "Qual é o horário de atendimento?",
    ask: "Pesquisar",
    as: "Perguntado por",
    everybody: "todos",
    compare: "Comparar com",
    empty: "O que seria encontrado?",
    emptyText: "Você vê os trechos com suas pontuações, o que o bot diria e por quê.",
    found: (hits: number, all: number) =>
      `${count(hits, { one: "# trecho", many: "# de trechos", other: "# trechos" })} de ${all}`,
    nothing: (unknown: number, words: number): string =>
      words > 0 && unknown === words
        ? "Nada foi encontrado: nenhuma destas palavras está em um documento."
        : "Nada foi encontrado.",
    now: "Em uso agora",
    then: "Nessa versão",
    covers: (share: string) => `${share} das palavras da pergunta`,
    bm25: (score: string) => `pontuação das palavras ${score}`,
    cosine: (score: string) => `sentido ${score}`,
  },
  route: {
    title: "O que o bot diria",
    routes: {
      curated: "resposta curada",
      retrieved: "do conhecimento",
      generated: "escrita pelo modelo",
      refused: "recusada",
    },
    why: "Por quê",
    needs: (least: string) => `Para ser dita, uma resposta precisa de confiança de pelo menos ${least}.`,
    kinds: {
      curated: "uma resposta curada",
      standard: "uma resposta dos dados",
      quoted: "uma citação de um documento",
      generated: "o que o modelo escreve",
    },
    declines: "(ele recusa)",
    ungrounded: (facts: string) => `Não está em nada do que é conhecido: ${facts}`,
  },
};
