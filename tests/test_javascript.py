from odoo.tests import tagged

# The module and not its classes: a test runner would collect those here once more.
from odoo.addons.web.tests import test_js


@tagged("post_install", "-at_install")
class TestJavaScript(test_js.HOOTCommon):
    """Runs the unit tests of our JavaScript in a browser."""

    # The base class brings tests of itself.
    test_generate_hoot_hash = None
    test_get_hoot_filter = None

    def get_hoot_filters(self):
        self._test_params = [("+", "@nps")]
        return super().get_hoot_filters()

    def test_the_unit_tests_of_our_javascript_pass(self):
        self.browser_js(
            "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000"
            + self.hoot_filters,
            "",
            "",
            login="admin",
            timeout=600,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=test_js.unit_test_error_checker,
        )
