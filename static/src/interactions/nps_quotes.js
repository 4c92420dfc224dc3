import { DynamicSnippet } from "@website/snippets/s_dynamic_snippet/dynamic_snippet";
import { registry } from "@web/core/registry";

/** The block "Customer Quotes": fetches what may be shown at this moment. */
export class NpsQuotes extends DynamicSnippet {
    static selector = ".s_nps_quotes";
}

registry.category("public.interactions").add("nps.quotes", NpsQuotes);
registry.category("public.interactions.edit").add("nps.quotes", { Interaction: NpsQuotes });
