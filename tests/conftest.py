"""What holds for every test."""

from hypothesis import HealthCheck, settings


def pytest_configure() -> None:
    """No example has a time limit: how fast a machine is says nothing about whether the code is right."""
    settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("house")
