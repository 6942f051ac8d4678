"""The function of the demonstration: asks a database for its orders."""

import time

import pg8000.native


def handler(event, context):
    started = time.monotonic()
    database = pg8000.native.Connection("postgres", host=event["host"], database="postgres")
    try:
        ((count,),) = database.run("SELECT count(*) FROM orders")
        ((seen_as,),) = database.run("SELECT host(inet_client_addr())")
        time.sleep(event.get("hold", 0))
    finally:
        database.close()
    return {"orders": count, "seen_as": seen_as, "seconds": time.monotonic() - started}
