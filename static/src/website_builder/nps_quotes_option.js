import { BaseOptionComponent } from "@html_builder/core/utils";
import { useDynamicSnippetOption } from "@website/builder/plugins/options/dynamic_snippet_hook";

/** What the website's editor offers for the block "Customer Quotes". */
export class NpsQuotesOption extends BaseOptionComponent {
    static template = "nps.NpsQuotesOption";
    static dependencies = ["npsQuotesOption"];
    static selector = ".s_nps_quotes";

    setup() {
        super.setup();
        this.dynamicOptionParams = useDynamicSnippetOption(
            this.dependencies.npsQuotesOption.getModelNameFilter()
        );
    }
}
