from . import nps_report
from . import helpdesk_report
from . import nps_report_interval
from . import nps_report_fairness
from . import nps_report_exclusions
from . import nps_guess_report
from . import nps_report_reask
