"""Asking the interface for programs."""


def get(client, path, status=200):
    response = client.get(f"/api/v1{path}")
    assert response.status_code == status, response.content
    return response


def problem(client, path, status):
    response = get(client, path, status)
    assert response["Content-Type"] == "application/problem+json"
    content = response.json()
    assert (content["status"], content["instance"]) == (status, f"/api/v1{path.partition('?')[0]}")
    return content


def read_to_the_end(client, address):
    """Return the items of all pages of a list."""
    items = []
    while address:
        page = get(client, address).json()
        items += page["items"]
        address = page["next"] and page["next"].partition("/api/v1")[2]
    return items
