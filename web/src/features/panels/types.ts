// The names under which the parts of this page speak of what the server takes and gives.
import type { components } from "../../shared/schema";

type Schemas = components["schemas"];

export type Panel = Schemas["PanelValue"];
export type Making = Schemas["PanelMaking"];
export type Rater = Schemas["PanelRater"];
export type SecretLink = Schemas["PanelLink"];
export type Results = Schemas["PanelResults"];
export type Effect = Schemas["PanelEffect"];
export type NewPanel = Schemas["NewPanel"];
export type Choices = Schemas["PanelChoices"];
export type GivenAnswers = Schemas["GivenAnswers"];
