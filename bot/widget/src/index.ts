// The script a page loads: it defines the element, once.

import { CepAssistant } from "./element";

if (!customElements.get("cep-assistant")) customElements.define("cep-assistant", CepAssistant);
