"""References may be stated for countries and languages too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Offers two more axes; no row changes."""

    dependencies = [("consultations", "0003_stated_references")]

    operations = [
        migrations.AlterField(
            model_name="statedreference",
            name="axis",
            field=models.CharField(
                choices=[
                    ("sector", "Sector"),
                    ("stakeholder_group", "Stakeholder group"),
                    ("country", "Country"),
                    ("language", "Language"),
                ],
                max_length=20,
            ),
        ),
    ]
