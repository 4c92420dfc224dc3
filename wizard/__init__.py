from . import nps_outcome_pick
