"""The first tables of the intake (as written by `makemigrations`)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('content', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='Kiosk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kiosk_id', models.CharField(max_length=64, unique=True, verbose_name='端末番号')),
                ('place', models.CharField(blank=True, max_length=100, verbose_name='設置場所')),
                ('enabled', models.BooleanField(default=True, verbose_name='使用中')),
                ('entered', models.DateTimeField(auto_now_add=True, verbose_name='登録日時')),
            ],
            options={
                'verbose_name': '端末',
                'verbose_name_plural': '端末',
                'ordering': ['kiosk_id'],
            },
        ),
        migrations.CreateModel(
            name='Application',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=12, unique=True, verbose_name='受付番号')),
                ('transaction_id', models.CharField(max_length=64, unique=True, verbose_name='取引番号')),
                ('received', models.DateTimeField(db_index=True, verbose_name='受付日時')),
                ('form_id', models.CharField(max_length=200, verbose_name='様式')),
                ('form_version', models.CharField(max_length=200, verbose_name='様式の版')),
                ('form_title', models.CharField(max_length=200, verbose_name='手続き')),
                ('demo', models.BooleanField(default=False, verbose_name='模擬')),
                ('standing', models.CharField(choices=[('accepted', '有効'), ('on_hold', '受付保留'), ('refused', '無効')], max_length=16, verbose_name='検証')),
                ('decision', models.CharField(choices=[('waiting', '審査待ち'), ('approved', '承認'), ('returned', '差戻し')], default='waiting', max_length=16, verbose_name='審査')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='審査日時')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='差戻しの理由')),
                ('container', models.BinaryField()),
                ('container_sha256', models.CharField(max_length=64, verbose_name='申請データの SHA-256')),
                ('sealed_sha256', models.CharField(max_length=64)),
                ('receipt', models.BinaryField()),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL, verbose_name='審査者')),
                ('kiosk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='intake.kiosk', verbose_name='端末')),
            ],
            options={
                'verbose_name': '申請',
                'verbose_name_plural': '申請',
                'ordering': ['-received'],
                'permissions': [('decide_application', '申請を承認または差し戻すことができる')],
            },
        ),
        migrations.CreateModel(
            name='Verification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='検証日時')),
                ('outcome', models.CharField(choices=[('accepted', '有効'), ('on_hold', '受付保留'), ('refused', '無効')], max_length=16, verbose_name='結果')),
                ('signature', models.CharField(max_length=20, verbose_name='署名')),
                ('certificate', models.CharField(max_length=20, verbose_name='証明書')),
                ('revocation', models.CharField(blank=True, max_length=20, verbose_name='失効')),
                ('revocation_reason', models.CharField(blank=True, max_length=60)),
                ('time', models.CharField(max_length=20, verbose_name='時刻')),
                ('signed_at', models.DateTimeField(null=True, verbose_name='端末が示す署名時刻')),
                ('sub_indication', models.CharField(blank=True, max_length=60, verbose_name='ETSI 表示')),
                ('rule', models.CharField(blank=True, max_length=60)),
                ('validator', models.CharField(max_length=120, verbose_name='検証ソフト')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='verifications', to='intake.application', verbose_name='申請')),
                ('evidence', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='intake.evidence')),
            ],
            options={
                'verbose_name': '検証',
                'verbose_name_plural': '検証',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Refusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('transaction_id', models.CharField(max_length=64, verbose_name='取引番号')),
                ('code', models.CharField(choices=[('not-opened', '暗号を解けない'), ('container-invalid', '申請データの形式が定めと異なる'), ('transaction-mismatch', '取引番号または端末番号が署名の内容と異なる'), ('other-bytes', '同じ取引番号で別のデータが届いた'), ('form-unknown', '公開していない様式'), ('signature-invalid', '署名が正しくない'), ('certificate-untrusted', '証明書を信頼できない'), ('certificate-expired', '証明書の有効期間外'), ('certificate-revoked', '証明書が失効している')], max_length=32, verbose_name='理由')),
                ('rule', models.CharField(max_length=60, verbose_name='詳細')),
                ('first', models.DateTimeField(auto_now_add=True, verbose_name='最初')),
                ('last', models.DateTimeField(auto_now=True, verbose_name='最後')),
                ('times', models.PositiveIntegerField(default=1, verbose_name='回数')),
                ('kiosk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='intake.kiosk', verbose_name='端末')),
            ],
            options={
                'verbose_name': '受け付けなかった申請',
                'verbose_name_plural': '受け付けなかった申請',
                'ordering': ['-last'],
                'constraints': [models.UniqueConstraint(fields=('kiosk', 'transaction_id', 'code', 'rule'), name='refusal_once')],
            },
        ),
    ]
