"""The steps that shape a table: one function a step, from table and declared step to `Shaped`."""
