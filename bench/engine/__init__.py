"""The price of the engine: the same seven empty steps on Sixty, on DBOS, on LangGraph and as bare commits."""
