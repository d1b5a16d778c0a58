"""One-time codes for new kiosks."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('intake', '0001_initial')]

    operations = [
        migrations.CreateModel(
            name='Enrolment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code_sha256', models.CharField(max_length=64, unique=True)),
                ('expires', models.DateTimeField(verbose_name='期限')),
                ('used', models.DateTimeField(blank=True, null=True, verbose_name='登録日時')),
                ('public_key', models.TextField(blank=True)),
                ('certificate', models.TextField(blank=True)),
                ('kiosk', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='intake.kiosk', verbose_name='端末')),
            ],
            options={'verbose_name': '端末の登録', 'verbose_name_plural': '端末の登録'},
        ),
    ]
