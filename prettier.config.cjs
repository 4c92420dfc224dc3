// The style of Odoo's own JavaScript (addons/web/tooling/_package.json).
module.exports = {
    printWidth: 100,
    tabWidth: 4,
    semi: true,
    singleQuote: false,
    bracketSpacing: true,
    trailingComma: "es5",
    endOfLine: "lf",
    overrides: [{ files: ["*.yml", "*.yaml"], options: { tabWidth: 2 } }],
};
