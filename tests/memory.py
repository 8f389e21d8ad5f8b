"""Code that a measured process runs to tell its own peak of memory, in KiB."""

#: Linux keeps the peak of the parent in ``ru_maxrss`` of a new process, so it is asked elsewhere there.
PEAK = """
import pathlib, resource

def peak():
    status = pathlib.Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(next(line for line in status.read_text().splitlines() if line.startswith("VmHWM")).split()[1])
"""
