"""Print the table of quality, or say what is missing."""

from bench.quality.gold import consultations_folder
from bench.quality.table import print_table, quality_rows


def main() -> None:
    """Measure and print; without the data sets, say where they are looked for."""
    folder = consultations_folder()
    if folder is None:
        print("The data sets are not at hand: set ANSWERABLE_SHARED_DATA to the folder that holds consultations/.")
        return
    print_table(quality_rows(folder))
    print(
        "\nSettings were chosen on the split marked as tuned on; dev was seen meanwhile, so it is no blind test.\n"
        "CIMT contributions may have several themes: the two umbrella themes are left out, and agreement is\n"
        "shown for those with a single theme, and with each combination as a class."
    )


if __name__ == "__main__":
    main()
