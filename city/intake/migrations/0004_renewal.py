"""Certificates that are renewed, and until when each kiosk's is good."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('intake', '0003_answers_invalid')]

    operations = [
        migrations.AddField(
            model_name='kiosk',
            name='certificate_until',
            field=models.DateTimeField(blank=True, null=True, verbose_name='端末証明書の期限'),
        ),
        migrations.CreateModel(
            name='Renewal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='更新日時')),
                ('public_key', models.TextField()),
                ('certificate', models.TextField()),
                ('kiosk', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, to='intake.kiosk', verbose_name='端末')),
            ],
            options={'verbose_name': '端末証明書の更新', 'verbose_name_plural': '端末証明書の更新'},
        ),
    ]
