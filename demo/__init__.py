from . import nps_demo
from . import nps_demo_company
from . import nps_demo_surveys
from . import nps_demo_customers
from . import nps_demo_tickets
from . import nps_demo_answers
from . import nps_demo_details
from . import nps_demo_notes
