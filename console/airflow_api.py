"""What we ask a running Airflow over its public API: health, runs, events, approvals."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, Request, build_opener

# No proxy: the server listens on the loopback address.
_OPENER = build_opener(ProxyHandler({}))
_TIMEOUT = 90.0  # on a busy machine the first answers of Airflow take long
COMPONENTS = ("metadatabase", "scheduler", "triggerer", "dag_processor")


class ApiRefused(RuntimeError):
    """Airflow answered with an error; `status` is the HTTP status."""

    def __init__(self, status: int, message: str) -> None:
        """Keep the status for callers that can do something about it."""
        super().__init__(f"Airflow answered {status}: {message}")
        self.status = status


@dataclass
class AirflowApi:
    """A client with a token; without user and password it asks as nobody."""

    url: str
    user: str = ""
    password: str = field(default="", repr=False)
    _token: str = field(default="", repr=False)

    def unhealthy(self) -> list[str]:
        """Return the components that are not (yet) healthy; all of them while nobody answers."""
        try:
            health = self.call("GET", "/api/v2/monitor/health", token=False)
        except (URLError, ConnectionError, TimeoutError, ApiRefused):
            return ["api_server", *COMPONENTS]
        return [name for name in COMPONENTS if (health.get(name) or {}).get("status") != "healthy"]

    def dag_ids(self) -> set[str]:
        """Return the DAGs that Airflow knows."""
        return {dag["dag_id"] for dag in self.call("GET", "/api/v2/dags?limit=200")["dags"]}

    def import_errors(self) -> list[str]:
        """Return what kept DAG files from loading."""
        return [e["stack_trace"] for e in self.call("GET", "/api/v2/importErrors")["import_errors"]]

    def ensure_pool(self, name: str, slots: int) -> None:
        """Create a pool unless it is there."""
        try:
            self.call("POST", "/api/v2/pools", {"name": name, "slots": slots, "include_deferred": False})
        except ApiRefused as refusal:
            if refusal.status != 409:
                raise

    def runs(self, dag_id: str = "~") -> list[dict[str, Any]]:
        """Return the runs of a DAG, or of all, newest first, as the API describes them."""
        found = self.call("GET", f"/api/v2/dags/{dag_id}/dagRuns?limit=100&order_by=-run_after")
        return list(found["dag_runs"])

    def tasks(self, dag_id: str, run_id: str) -> dict[str, str | None]:
        """Return the state of each task of a run."""
        found = self.call("GET", f"/api/v2/dags/{dag_id}/dagRuns/{run_id}/taskInstances")
        return {task["task_id"]: task["state"] for task in found["task_instances"]}

    def send_event(self, asset: str, extra: dict[str, Any] | None = None) -> None:
        """Send an asset event: the door for senders who push."""
        known = self.call("GET", f"/api/v2/assets?name_pattern={asset}")["assets"]
        asset_id = next(a["id"] for a in known if a["name"] == asset)
        self.call("POST", "/api/v2/assets/events", {"asset_id": asset_id, "extra": extra or {}})

    def call(self, method: str, path: str, body: Any = None, token: bool = True) -> Any:
        """Make one call and return the decoded answer; raise `ApiRefused` for a status of 400 and above."""
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if token and self.user:
            headers["Authorization"] = f"Bearer {self._fresh_token()}"
        data = None if body is None else json.dumps(body).encode()
        try:
            with _OPENER.open(Request(self.url + path, data, headers, method=method), timeout=_TIMEOUT) as answer:  # noqa: S310
                text = answer.read()
        except HTTPError as error:
            raise ApiRefused(error.code, error.read(500).decode("utf-8", "replace")) from error
        return json.loads(text) if text else None

    def _fresh_token(self) -> str:
        if not self._token:
            credentials = {"username": self.user, "password": self.password}
            self._token = self.call("POST", "/auth/token", credentials, token=False)["access_token"]
        return self._token
