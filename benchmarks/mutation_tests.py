"""Which tests are asked about which file: those that are about what it does.

A mutant of ``tools/`` first meets the doctests of its file, then these. Files of
``controllers/`` have no doctests.
"""

ARITHMETIC = ("arithmetic", "insight_arithmetic")
TESTS = {
    "tools/addresses": ("import_file", "opt_out", "call"),
    "tools/associations": ("insight_arithmetic", "insight_associations"),
    "tools/audit": ("audit",),
    "tools/backoff": ("arithmetic", "send", "scorecard_retry"),
    "tools/bands": ("insight_arithmetic", "insight_associations"),
    "tools/chance": (*ARITHMETIC, "risk_arithmetic", "insight_trend"),
    "tools/change": ("insight_arithmetic", "insight_change"),
    "tools/colors": ("arithmetic", "icon_colors", "survey"),
    "tools/counts": ("insight_arithmetic", "insight_silence", "scorecard"),
    "tools/day_parts": ("report_axes",),
    "tools/differences": (*ARITHMETIC, "risk_arithmetic"),
    "tools/exact_test": ("audit",),
    "tools/excerpts": ("arithmetic", "quote"),
    "tools/figures": ("insight_arithmetic", "scorecard"),
    "tools/garbage": ("import_batches",),
    "tools/html_shapes": ("sanitize_once",),
    "tools/import_cells": ("import_file", "import_rows"),
    "tools/import_dates": ("import_file", "import_rows"),
    "tools/import_headers": ("import_file",),
    "tools/import_person": ("import_file", "import_privacy"),
    "tools/import_sheet": ("import_file",),
    "tools/import_text": ("import_file", "import_privacy"),
    "tools/intervals": (*ARITHMETIC, "report", "shrinkage", "guess"),
    "tools/matching": ("recovery_arithmetic", "recovery"),
    "tools/metrics": ("arithmetic", "response", "report"),
    "tools/names": ("arithmetic", "quote"),
    "tools/organogram": ("organogram",),
    "tools/page_gaps": ("page_kept",),
    "tools/periods": ("subscription_regular", "scorecard_mail"),
    "tools/personal_links": ("arithmetic", "response", "send"),
    "tools/phone_numbers": ("call", "ring"),
    "tools/placeholders": ("arithmetic", "survey"),
    "tools/power": ("insight_arithmetic", "insight_trend"),
    "tools/private_headers": ("survey_page",),
    "tools/quiet_log": ("call_http",),
    "tools/ranks": ("insight_arithmetic", "scorecard"),
    "tools/recovery": ("recovery_arithmetic", "recovery"),
    "tools/reporting_periods": ("reporting_arithmetic", "scorecard"),
    "tools/risk": ("risk_arithmetic", "risk"),
    "tools/robots": ("robots",),
    "tools/rollup": ("report_order", "report_recount"),
    "tools/showing": (*ARITHMETIC, "my_page", "scorecard"),
    "tools/shrinkage": ("shrinkage", "expert"),
    "tools/silence": ("insight_arithmetic", "insight_silence"),
    "tools/smtp": ("send",),
    "tools/spreadsheets": ("export", "scorecard_export"),
    "tools/targets": ("target", "target_insight"),
    "tools/tendency": ("insight_arithmetic", "insight_trend"),
    "tools/tokens": ("send", "survey_page"),
    "tools/trends": ("arithmetic", "score_card"),
    "tools/verdicts": ("insight_arithmetic", "insight_change", "scorecard"),
    "tools/windows": ("arithmetic", "window"),
    "controllers/call": ("call_http",),
    "controllers/export": ("export",),
    "controllers/forms": ("response", "details", "survey_page"),
    "controllers/hand_out": ("hand_out",),
    "controllers/import_errors": ("import_roles",),
    "controllers/nps": (
        "survey_page",
        "response",
        "details",
        "preview",
        "opt_out",
        "robots",
        "quote",
    ),
    "controllers/nps_subscription": ("subscription_stop",),
    "controllers/replica": ("replica",),
    "controllers/scorecard": ("scorecard_export", "scorecard_guard"),
    "controllers/scorecard_stop": ("scorecard_mail",),
}


def tests_of(name):
    """Return the file names of the tests of a file like "tools/counts.py".

    :raise KeyError: nobody said which tests are about it

    >>> tests_of("tools/smtp.py")
    ['test_send.py']
    """
    return [f"test_{test}.py" for test in TESTS[name.removesuffix(".py")]]
