"""Data-Juicer with a recipe of its own."""

import sys

from data_juicer.config import init_configs
from data_juicer.core import DefaultExecutor

DefaultExecutor(init_configs(["--config", sys.argv[1]])).run()
