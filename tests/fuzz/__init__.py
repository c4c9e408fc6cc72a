"""What any bytes may do to the parts that read them: nothing but what those parts say they do."""
