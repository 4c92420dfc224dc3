// The rules of Odoo's own JavaScript (addons/web/tooling/_eslintrc.json).
const js = require("@eslint/js");
const globals = require("globals");

module.exports = [
    { ignores: [".nps/**", "node_modules/**", "static/lib/**"] },
    js.configs.recommended,
    {
        files: ["static/**/*.js"],
        languageOptions: {
            ecmaVersion: 2022,
            sourceType: "module",
            globals: { ...globals.browser, odoo: "readonly", luxon: "readonly" },
        },
        rules: {
            "no-undef": "error",
            "no-unused-vars": ["error", { vars: "all", args: "none" }],
            "no-restricted-globals": ["error", "event", "self"],
            "no-const-assign": "error",
            "no-debugger": "error",
            "no-dupe-class-members": "error",
            "no-dupe-keys": "error",
            "no-redeclare": "error",
            "no-var": "error",
            "prefer-const": ["error", { destructuring: "all", ignoreReadBeforeAssign: true }],
            curly: ["error", "all"],
        },
    },
    {
        files: ["*.cjs"],
        languageOptions: { sourceType: "commonjs", globals: globals.node },
    },
];
