from . import nps_report
from . import helpdesk_report
