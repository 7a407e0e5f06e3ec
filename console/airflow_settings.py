"""How our Airflow is set up: everything by environment, nothing by a file somebody has to edit."""

import json
import os
import secrets
import sys
from pathlib import Path

WRITER_POOL = "warehouse_writer"
USER = "admin"

_COMMON = {
    "CORE__LOAD_EXAMPLES": "False",
    "CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
    "CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "False",
    "CORE__SIMPLE_AUTH_MANAGER_USERS": f"{USER}:admin",
    "USAGE_DATA_COLLECTION__ENABLED": "False",
}


def server_settings(airflow_home: Path, dags: Path, port: int) -> dict[str, str]:
    """Return the environment of a server that listens on the loopback address only."""
    address = f"http://127.0.0.1:{port}"
    environment = _environment(
        airflow_home,
        dags,
        {
            "CORE__EXECUTOR": "LocalExecutor",
            "CORE__PARALLELISM": "4",
            "CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(password_file(airflow_home)),
            "CORE__EXECUTION_API_SERVER_URL": f"{address}/execution/",
            "API__HOST": "127.0.0.1",
            "API__PORT": str(port),
            "API__BASE_URL": address,
            "API__WORKERS": "1",
            "SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.1",
            "DAG_PROCESSOR__REFRESH_INTERVAL": "10",
            "DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "60",
        },
    )
    # A proxy of the house must not see, or refuse, what our processes say to each other.
    known = os.environ.get("NO_PROXY") or os.environ.get("no_proxy") or ""
    environment["NO_PROXY"] = environment["no_proxy"] = ",".join(filter(None, [known, "127.0.0.1", "localhost"]))
    environment["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    return environment


def in_process_settings(airflow_home: Path, dags: Path) -> dict[str, str]:
    """Return the environment for Airflow inside this process: quiet, and with a signing key that nobody else needs."""
    return _environment(
        airflow_home,
        dags,
        {
            "API_AUTH__JWT_SECRET": secrets.token_urlsafe(64),
            "LOGGING__LOGGING_LEVEL": "ERROR",
            # A DAG file that is read again counts at once, not after half a minute.
            "CORE__MIN_SERIALIZED_DAG_UPDATE_INTERVAL": "0",
            "CORE__MIN_SERIALIZED_DAG_FETCH_INTERVAL": "0",
        },
    )


def password_file(airflow_home: Path) -> Path:
    """Return where the password of the one user lies."""
    return airflow_home / "password.json"


def password(airflow_home: Path) -> str:
    """Return the password, made up at the first start and readable by the owner only."""
    path = password_file(airflow_home)
    if not path.exists():
        airflow_home.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            json.dump({USER: secrets.token_urlsafe(12)}, stream)
    return str(json.loads(path.read_text())[USER])


def _environment(airflow_home: Path, dags: Path, more: dict[str, str]) -> dict[str, str]:
    place = {
        "CORE__DAGS_FOLDER": str(dags),
        "DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{airflow_home / 'airflow.db'}",
        "LOGGING__BASE_LOG_FOLDER": str(airflow_home / "logs"),
    }
    named = {f"AIRFLOW__{key}": value for key, value in {**_COMMON, **place, **more}.items()}
    return {"AIRFLOW_HOME": str(airflow_home), **named}
