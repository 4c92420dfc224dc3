"""Names of people."""


def first_name(name):
    """Return the first name of a full name, or '' where it cannot be told.

    >>> first_name("Carla Customer"), first_name("Customer, Carla")
    ('Carla', 'Carla')
    >>> first_name("Dr. Carla Maria Customer"), first_name(" Carla ")
    ('Carla', 'Carla')
    >>> first_name("Carla,")
    'Carla'
    >>> first_name("carla@bluesky.example"), first_name("Dr."), first_name(None)
    ('', '', '')
    """
    if not name or "@" in name:
        return ""
    _family, _comma, given = name.partition(",")
    words = (given.strip() or name).split()
    return next((word for word in words if not word.endswith(".")), "").strip(",")
