"""What stops a run, as a problem that is stored with the job and told on its card (ERR-10)."""

from sequences.context import ContextError
from sequences.policy.budget import BudgetExceededError
from sequences.ports.model import ModelError
from sequences.records.action import ErrorCode
from sequences.records.job import Job
from sequences.records.problem import Problem
from sequences.runner.attempt import StepFailedError

Stopping = BudgetExceededError | StepFailedError | ContextError

NO_LONGER_KNOWN = Problem(code=ErrorCode.INTERNAL_ERROR, message="this kind of run no longer exists", recoverable=False)


def too_often(job: Job) -> Problem:
    """Put back again and again, it says why; otherwise it was cut off each time and nobody could say anything."""
    message = job.error or "it was interrupted too often"
    return Problem(code=ErrorCode.SERVICE_UNAVAILABLE, message=message, recoverable=True)


def problem_of(error: Stopping) -> Problem:
    """Its message may be shown to the rep."""
    match error:
        case BudgetExceededError():
            details = {"limit": error.limit.key}
            return Problem(code=ErrorCode.RATE_LIMITED, message=str(error), recoverable=True, details=details)
        case StepFailedError():
            is_outside = isinstance(error.__cause__, ModelError | TimeoutError)
            code = ErrorCode.SERVICE_UNAVAILABLE if is_outside else ErrorCode.INTERNAL_ERROR
            tried = {"step": error.step, "attempts": error.attempts}
            return Problem(code=code, message=error.text, recoverable=True, details=tried)
        case ContextError():
            return Problem(code=ErrorCode.INTERNAL_ERROR, message=str(error), recoverable=True)
