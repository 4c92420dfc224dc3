"""A pytest plugin: of a test class that extends Odoo's, only our own tests run."""


def pytest_collection_modifyitems(config, items):
    """Deselect the tests that a class merely inherits from another addon."""
    others = [item for item in items if not _is_ours(item)]
    if others:
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item not in others]


def _is_ours(item):
    function = getattr(item, "function", None)
    return function is None or "odoo.addons." not in function.__module__.replace(
        "odoo.addons.nps.", ""
    )
