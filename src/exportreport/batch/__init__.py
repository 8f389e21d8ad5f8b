"""What a run reads, whatever its size: files, folders, archives and streams, from their bytes to results."""
