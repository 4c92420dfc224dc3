import {
    DYNAMIC_SNIPPET,
    setDatasetIfUndefined,
} from "@website/builder/plugins/options/dynamic_snippet_option_plugin";
import { Plugin } from "@html_editor/plugin";
import { withSequence } from "@html_editor/utils/resource";
import { registry } from "@web/core/registry";
import { NpsQuotesOption } from "./nps_quotes_option";

const MODEL = "nps.quote";

class NpsQuotesOptionPlugin extends Plugin {
    static id = "npsQuotesOption";
    static dependencies = ["dynamicSnippetOption"];
    static shared = ["getModelNameFilter"];
    resources = {
        builder_options: withSequence(DYNAMIC_SNIPPET, NpsQuotesOption),
        on_snippet_dropped_handlers: this.onSnippetDropped.bind(this),
    };

    getModelNameFilter() {
        return MODEL;
    }

    async onSnippetDropped({ snippetEl }) {
        if (snippetEl.matches(NpsQuotesOption.selector)) {
            setDatasetIfUndefined(snippetEl, "numberOfRecords", 3);
            await this.dependencies.dynamicSnippetOption.setOptionsDefaultValues(snippetEl, MODEL);
        }
    }
}

registry.category("website-plugins").add(NpsQuotesOptionPlugin.id, NpsQuotesOptionPlugin);
