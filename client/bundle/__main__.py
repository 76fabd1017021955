"""`make app`: the static web bundle under client/dist/app/, from the installed wheels, with no request to anybody."""

from client.bundle import budget, parts
from client.bundle.build import build


def main() -> None:
    budget.report(build(parts.CLIENT / "dist" / "app", parts.package_content()))


if __name__ == "__main__":
    main()
