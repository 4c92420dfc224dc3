from . import export
from . import nps
