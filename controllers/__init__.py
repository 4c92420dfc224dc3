from . import call
from . import export
from . import nps
from . import nps_subscription
from . import replica
from . import scorecard
from . import scorecard_stop
from . import hand_out
