from . import call
from . import export
from . import import_errors
from . import nps
from . import nps_subscription
from . import scorecard
from . import scorecard_stop
