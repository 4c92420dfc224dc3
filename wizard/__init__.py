from . import base_partner_merge
from . import nps_outcome_pick
