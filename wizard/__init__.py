from . import base_partner_merge
from . import nps_outcome_pick
from . import nps_ask_audit
from . import nps_ask_audit_line
from . import nps_case_close
from . import nps_response_contest
from . import nps_response_exclude
from . import nps_dispute_decide
