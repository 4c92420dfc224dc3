"""Show Odoo the addon under its technical name, whatever the checkout is called."""

import contextlib

from local import ADDON_LINK, ROOT, is_addon


def link_addon():
    """Link every part of the addon; a link to the whole would contain itself."""
    if ADDON_LINK.is_symlink():
        ADDON_LINK.unlink()
    ADDON_LINK.mkdir(parents=True, exist_ok=True)
    wanted = {path.name: path for path in ROOT.iterdir() if is_addon(path.name)}
    for link in ADDON_LINK.iterdir():
        if link.name not in wanted or link.readlink() != wanted[link.name]:
            link.unlink(missing_ok=True)
    for name, path in wanted.items():
        with contextlib.suppress(FileExistsError):
            (ADDON_LINK / name).symlink_to(path)


if __name__ == "__main__":
    link_addon()
