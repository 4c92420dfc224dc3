from . import nps_report
from . import helpdesk_report
from . import nps_report_interval
