import { count } from "../../pt/count";
import type { ConsoleTexts } from "../text";

/** By kind of reason: why such a row is left out, and what to do to keep rows like it. */
const kinds: ConsoleTexts["data"]["kinds"] = {
  exact: {
    why: "A mesma conversa já está nos dados, sem contar maiúsculas e espaços.",
    keep: "Nada se perde: o bot aprende com uma delas.",
  },
  near: {
    why: "Diz quase o mesmo que outra, que permanece.",
    keep: "Aumente near_duplicates em [data] ou defina-o como 0 para manter todas.",
  },
  question: {
    why: "Faz uma pergunta com a qual o bot é testado. Aprendê-la tiraria todo o valor do teste.",
    keep: "Tire a pergunta dos casos de teste, se ela for mais útil para aprender.",
  },
  judged: {
    why: "A resposta foi considerada ruim e seria usada para testar.",
    keep: "Corrija a resposta ou a avaliação.",
  },
  taught: {
    why: "Estava reservada para testar, e uma correção revisada ensina a pergunta dela.",
    keep: "Nada a fazer: o bot aprende a correção no lugar dela.",
  },
  superseded: {
    why: "Uma correção revisada diz que a resposta está errada.",
    keep: "Desfaça a correção na revisão, se a resposta estava certa.",
  },
  erased: {
    why: "Cita alguém cujos dados foram apagados.",
    keep: "Não pode ser mantida.",
  },
  long: {
    why: "Uma mensagem dela é mais longa do que o permitido.",
    keep: "Aumente max_message_chars em [data] ou encurte o texto.",
  },
  repeats: {
    why: "Uma mensagem diz sempre a mesma coisa, e o bot aprenderia a fazer isso.",
    keep: "Tire repetition de steps em [data].",
  },
  language: {
    why: "Está em um idioma que o bot não fala.",
    keep: "Adicione o idioma a languages em [bot].",
  },
  assistant: {
    why: "Ninguém responde nela, então não há o que aprender.",
    keep: "Em um chat entre pessoas, diga como quem o bot fala ao adicionar o arquivo.",
  },
  user: {
    why: "Ninguém pergunta nada nela.",
    keep: "Em um chat entre pessoas, diga como quem o bot fala: todos os outros perguntam.",
  },
  json: {
    why: "A linha não é um JSON válido.",
    keep: "Exporte o arquivo de novo, com um valor JSON por linha.",
  },
  encoding: {
    why: "A linha tem bytes que não são texto.",
    keep: "Salve o arquivo em UTF-8 e adicione-o de novo.",
  },
  textless: {
    why: "É uma imagem, um arquivo ou algo assim, sem palavras.",
    keep: "Só é possível aprender com palavras.",
  },
  notice: {
    why: "É um aviso do programa, por exemplo de que alguém entrou.",
    keep: "Nada se perde: ninguém disse isso.",
  },
  bot: {
    why: "Foi escrita por outro bot.",
    keep: "Ao adicionar o arquivo, indique esse bot como aquele por quem o seu fala.",
  },
  deleted: {
    why: "Quem a escreveu a excluiu.",
    keep: "Não pode ser mantida.",
  },
  shape: {
    why: "Falta o que este formato exige, como uma pergunta e uma resposta, ou há um papel desconhecido.",
    keep: "Diga o que cada coluna contém, renomeie os papéis para user e assistant ou escolha outro formato.",
  },
};

export const data: ConsoleTexts["data"] = {
  title: "Dados",
  about:
    "Com o que o bot aprende: os arquivos, os conjuntos de dados feitos com eles e cada linha que ficou de fora, com o motivo.",
  build: "Criar um conjunto de dados",
  dataset: "Conjunto de dados",
  datasetNamed: (id: string, when: string, used: boolean) => `${id}, ${when}${used ? ", em uso" : ""}`,
  none: "Nenhum conjunto de dados ainda",
  noneText: "Adicione conversas e crie um conjunto de dados com elas. O treinamento também cria um por conta própria.",
  tabs: { report: "Relatório", rejected: "Deixadas de fora", compared: "O que mudou", files: "Arquivos" },
  splits: {
    train: "para aprender",
    dev: "para acompanhar o aprendizado",
    test: "para testar",
    judged: "considerada ruim",
  },
  roles: { user: "Usuário", assistant: "Bot", system: "Sistema", tool: "Ferramenta", evidence: "Evidência" },
  kinds,
  work: {
    kinds: {
      data: "Criando um conjunto de dados",
      import: "Adicionando",
      train: "Treinando",
      evaluate: "Avaliando",
      improve: "Melhorando",
    },
    states: {
      running: "em andamento",
      done: "concluído",
      failed: "falhou",
      stopped: "parado",
      interrupted: "interrompido",
    },
    stop: "Parar",
    said: "O que foi registrado",
  },
  report: {
    read: "Linhas lidas",
    train: "Treinamento",
    trainHint: "para aprender",
    dev: "Desenvolvimento",
    devHint: "acompanhadas durante o aprendizado",
    test: "Teste",
    testHint: "para os números finais",
    rejected: "Deixadas de fora",
    leaking: "Linhas de teste vistas no treinamento",
    leakingHint: "deve ser 0",
    reasons: "Por que linhas ficaram de fora",
    noneRejected: "Nenhuma ficou: todas as linhas estão no conjunto de dados.",
    download: "Baixar o relatório",
    hidden: "O que foi ocultado",
    hiddenOff: "Nada: nomes e números são aprendidos como estão. Os marcadores são ativados em [privacy], no bot.toml.",
    hiddenAbout: "Dados pessoais que o modelo nunca vê. Os exemplos mostram o que ele vê no lugar.",
    sources: "Arquivos",
    file: "Arquivo",
    format: "Formato",
    languages: "Idiomas",
    clusters: "Quase repetidas",
    clustersAbout:
      "Os maiores grupos de linhas que dizem quase o mesmo. Uma de cada grupo permanece; veja se são mesmo iguais.",
    topics: "O escopo e os dados",
    sampled: (n: number) =>
      `Quantas de ${n} conversas parecem tratar de cada assunto, pelas palavras: uma primeira impressão, não uma contagem.`,
    groups: "O que as pessoas perguntam",
    examples: "Exemplos",
  },
  rejected: {
    search: "Pesquisar no que elas dizem",
    reason: "Motivo",
    file: "Arquivo",
    all: "todos",
    keep: "Para manter linhas como estas:",
    none: "Nenhuma linha",
    noneText: "Nada ficou de fora.",
    noneFit: "Nenhuma corresponde. Pesquise outra coisa.",
    noText: "(sem texto)",
    shown: (from: number, to: number, total: number) =>
      `${from} a ${to} de ${count(total, { one: "# linha", many: "# de linhas", other: "# linhas" })}`,
    before: "Anteriores",
    next: "Próximas",
    alike: (share: string) => `${share} de semelhança`,
    like: (name: string) => `parecida com ${name}`,
    place: (source: string, position: number) => `${source}, posição ${position + 1}`,
    showKept: "Mostrar a que permanece",
  },
  row: {
    title: "Conversa",
    about: (source: string, position: number, split: string) => `${source}, posição ${position + 1}; ${split}`,
  },
  compared: {
    with: "Comparado com",
    none: "Nada para comparar",
    noneText:
      "Há um só conjunto de dados. Quando os arquivos mudarem e outro for criado, você verá aqui o que é diferente.",
    counts: (added: number, gone: number, moved: number, same: number) =>
      `${count(added, { one: "# conversa nova", many: "# de conversas novas", other: "# conversas novas" })}, ${count(gone, { one: "# saiu", many: "# saíram", other: "# saíram" })}, ${count(moved, { one: "# mudou de lado", many: "# mudaram de lado", other: "# mudaram de lado" })}, ${count(same, { one: "# continua como antes", many: "# continuam como antes", other: "# continuam como antes" })}.`,
    reasons: "Deixadas de fora",
    before: "Antes",
    after: "Depois",
    kinds: { added: "Novas", gone: "Saíram", moved: "Mudaram de lado" },
    first: (shown: number, all: number) => (shown < all ? `As primeiras ${shown} de ${all}.` : ""),
  },
  files: {
    about: "Eles nunca são alterados aqui. Para tirar um arquivo, remova-o da pasta do bot.",
    caption: "Arquivos",
    file: "Arquivo",
    format: "Lido como",
    said: "como foi indicado",
    held: "só para testar",
    size: "Tamanho",
    at: "Alterado",
    none: "Nenhum arquivo ainda",
    noneText: "Adicione chats, chamados, e-mails ou uma tabela de perguntas e respostas.",
  },
  add: {
    open: "Adicionar conversas",
    about:
      "Chats, chamados, e-mails, tabelas de perguntas e respostas. Você vê como o arquivo é lido antes de incluí-lo.",
    file: "Arquivo",
    limits: (endings: string, largest: string) => `${endings}, até ${largest}`,
    tooLarge: (largest: string) => `O arquivo tem mais de ${largest}. Divida-o ou use a linha de comando.`,
    progress: (name: string) => `Enviando ${name}`,
    looking: "Verificando…",
    format: "Formato",
    formatHint: "Detectado pelo conteúdo. Escolha outro se as conversas abaixo parecerem erradas.",
    detected: (format: string) => `detectado: ${format}`,
    detect: "detectar",
    who: "Como quem o bot fala?",
    speaker: (name: string, messages: number) =>
      `${name} (${count(messages, { one: "# mensagem", many: "# de mensagens", other: "# mensagens" })})`,
    dates: "Ordem das datas",
    datesFound: "detectar",
    dmy: "dia, mês, ano",
    mdy: "mês, dia, ano",
    ymd: "ano, mês, dia",
    evaluation: "Só para testar",
    evaluationHint: "Nunca usadas para aprender: o bot é testado com estas conversas.",
    isDocument: "Isto é um documento, não uma conversa. Faz parte daquilo em que o bot se baseia para responder:",
    whole: (kept: string, rows: string) => `${kept} de ${rows} linhas podem ser usadas.`,
    beginning: (kept: string, rows: string) => `Das primeiras ${rows} linhas, ${kept} podem ser usadas.`,
    take: "Adicionar este arquivo",
  },
};
