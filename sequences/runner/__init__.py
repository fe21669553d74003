"""The runner: walks a job through the steps of its sequence, storing each before the next (CORE-09, CORE-13).

What a step returned and how far the job has come commit in one transaction. A pause leaves a row and nothing in
memory; resuming goes by step name. A job that is claimed twice is held by its newest claim alone.
"""
